// The methods that go through the pages of an operation's result, and what the pages hang together by.

/// Translates a paginated operation to its conformance to the runtime's protocol and to two methods of the client.
struct PaginatorTranslator {
  let operation: ResolvedOperation
  let pagination: ResolvedPagination
  let client: String
  let modules: ClientModules

  func file() -> SourceFile {
    let modules = [pagination.inputToken, pagination.items?.last].compactMap { $0?.value.modules }
      .reduce(operation.input.modules.union(modules.types)) { $0.union($1) }
    return SourceFile(
      path: "Pagination/\(client)+\(operation.name)Pages.swift", purpose: "The pages of \(operation.name).",
      imports: modules.union([self.modules.runtime(isPublic: true)]),
      declarations: [.type(conformance), .type(methods)])
  }

  private var conformance: TypeDeclaration {
    TypeDeclaration(
      kind: .extension, name: operation.name,
      conformances: [pagination.items == nil ? "PaginatedOperation" : "PaginatedItemsOperation"],
      members: [startToken, setStartToken, nextToken] + items)
  }

  private var token: ResolvedMember { pagination.inputToken }

  private var startToken: Declaration {
    .function(
      FunctionDeclaration(
        documentation: ["Where the page that `input` asks for starts; nil for the first."], isStatic: true,
        name: "startToken", parameters: [.init(label: "of", name: "input", type: operation.input.swiftName)],
        result: "\(token.value.swiftType)?", body: [.line("input.\(token.swiftName)")]))
  }

  private var setStartToken: Declaration {
    .function(
      FunctionDeclaration(
        documentation: ["Makes `input` ask for the page that starts at `token`."], isStatic: true,
        name: "setStartToken",
        parameters: [
          .init(label: "_", name: "token", type: token.value.swiftType),
          .init(label: "of", name: "input", type: "inout \(operation.input.swiftName)"),
        ],
        body: [.line("input.\(token.swiftName) = token")]))
  }

  private var nextToken: Declaration {
    .function(
      FunctionDeclaration(
        documentation: ["Where the page after `page` starts; nil when it is the last."], isStatic: true,
        name: "nextToken", parameters: [.init(label: "after", name: "page", type: operation.output.swiftName)],
        result: "\(token.value.swiftType)?", body: [.line(access(pagination.outputToken))]))
  }

  private var items: [Declaration] {
    guard let path = pagination.items else { return [] }
    let (item, isMap) = Self.item(of: path.last.value)
    let empty = isMap ? "[:]" : "[]"
    let all = access(path) + (path.isRequired ? "" : " ?? \(empty)")
    return [
      .function(
        FunctionDeclaration(
          documentation: ["What is on `page`."], isStatic: true, name: "items",
          parameters: [.init(label: "of", name: "page", type: operation.output.swiftName)], result: "[\(item)]",
          body: [.line(isMap ? "Array(\(all))" : all)]))
    ]
  }

  /// The type of one item of a list or map.
  private static func item(of value: ResolvedValue) -> (type: String, isMap: Bool) {
    switch value.type {
    case .list(let element, let isSparse): (element.swiftType + (isSparse ? "?" : ""), false)
    case .map(let key, let value, let isSparse):
      ("(key: \(key.swiftType), value: \(value.swiftType)\(isSparse ? "?" : ""))", true)
    default: (value.swiftType, false)
    }
  }

  /// The expression for the value at the end of `path`.
  private func access(_ path: ResolvedPagination.MemberPath) -> String {
    path.outer.reduce("page") { "\($0).\($1.swiftName)\($1.isRequired ? "" : "?")" } + ".\(path.last.swiftName)"
  }

  private var methods: TypeDeclaration {
    let input = LabelledInput(of: operation, without: token.swiftName)
    return TypeDeclaration(
      kind: .extension, name: client,
      members: [
        method(
          described: ["", "- Parameter input: What ``\(operation.name)`` takes; it may start in the middle."],
          parameters: [.init(label: "_", name: "input", type: operation.input.swiftName)],
          body: [.line("pages(\(operation.name).self, input)")]),
        method(
          described: input.documentation.isEmpty ? [] : [""] + input.documentation, parameters: input.parameters,
          body: input.body(calling: operation.pagesMethodName)),
      ])
  }

  private func method(
    described: [String], parameters: [FunctionDeclaration.Parameter], body: [Statement]
  ) -> Declaration {
    let items = pagination.items == nil ? "" : ", and its `items` one item at a time"
    let behavior =
      "Gives the pages of the result\(items). A page is fetched when it is asked for, which can fail with "
      + "``\(operation.name)Error``."
    return .function(
      FunctionDeclaration(
        documentation: [operation.documentation, "", behavior] + described,
        name: SwiftIdentifier.escaped(operation.pagesMethodName), parameters: parameters,
        result: "PageSequence<\(operation.name)>", body: body))
  }
}
