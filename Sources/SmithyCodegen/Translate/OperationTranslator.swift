// An operation becomes a marker type, its input, its output and its error enum, in one file.

struct OperationTranslator {
  let operation: ResolvedOperation
  let service: ResolvedService

  func file() -> SourceFile {
    let types = [
      marker,
      StructureTranslator(structure: operation.input).declaration(),
      StructureTranslator(structure: operation.output, isBodiless: !operation.hasOutputShape).declaration(),
      OperationErrorTranslator(operation: operation).declaration(),
    ]
    return SourceFile(
      path: "Operations/\(operation.name).swift",
      purpose: "The operation \(operation.name): what it takes, answers and fails with.",
      imports: operation.input.modules.union(operation.output.modules).union([Import("AWSJSON")]),
      declarations: types.map(Declaration.type))
  }

  private var marker: TypeDeclaration {
    let target = "\(service.name).\(operation.name)"
    return TypeDeclaration(
      documentation: operation.documentation, kind: .enum, name: operation.name, conformances: ["AWSJSONOperation"],
      members: [
        .typeAlias(documentation: nil, access: .public, name: "Input", type: operation.input.swiftName),
        .typeAlias(documentation: nil, access: .public, name: "Output", type: operation.output.swiftName),
        .typeAlias(documentation: nil, access: .public, name: "Failure", type: "\(operation.name)Error"),
        constant("The operation's name.", "name", operation.name),
        constant("What `X-Amz-Target` says in a request for it.", "target", target),
      ] + compression + [hostPrefix, retryability, idempotencyTokens].compactMap { $0.map(Declaration.function) })
  }

  private func constant(_ documentation: String, _ name: String, _ value: String) -> Declaration {
    .property(
      PropertyDeclaration(
        documentation: documentation, isStatic: true, isConstant: true, name: name,
        value: .code(SwiftIdentifier.literal(value))))
  }

  private var compression: [Declaration] {
    guard operation.compressesRequest else { return [] }
    return [
      .property(
        PropertyDeclaration(
          documentation: "The service takes compressed requests.", isStatic: true, isConstant: true,
          name: "compressesRequest", value: .code("true")))
    ]
  }

  private var hostPrefix: FunctionDeclaration? {
    guard !operation.hostPrefix.isEmpty else { return nil }
    var labels: [Statement] = []
    var text = ""
    for part in operation.hostPrefix {
      switch part {
      case .text(let literal): text += SwiftIdentifier.escapedText(literal)
      case .label(let member):
        let name = "label\(labels.count + 1)"
        labels.append(
          .call(
            prefix: "let \(name) = try ",
            Call(
              "HostLabel.checked",
              [.init(nil, access(member)), .init("member", SwiftIdentifier.literal(member.wireName))])))
        text += "\\(\(name))"
      }
    }
    return FunctionDeclaration(
      documentation: ["What stands before the endpoint's host."], isStatic: true, name: "hostPrefix",
      parameters: [.init(label: "for", name: "input", type: operation.input.swiftName)],
      effects: "throws(HostLabelError)", result: "String?",
      body: labels + [.line(labels.isEmpty ? "\"\(text)\"" : "return \"\(text)\"")])
  }

  /// The text of a host label in the input.
  private func access(_ member: ResolvedMember) -> String {
    let property = "input.\(member.swiftName)"
    guard case .enumeration = member.value.type else { return property }
    return property + (member.isRequired ? ".rawValue" : "?.rawValue")
  }

  private var retryability: FunctionDeclaration? {
    let cases = operation.errors.filter { $0.retryability != nil }.map {
      SwitchCase($0.codePattern, .line("\($0.name).retryability"))
    }
    guard !cases.isEmpty else { return nil }
    return FunctionDeclaration(
      documentation: ["Whether a request that failed with the error called `code` may be repeated."], isStatic: true,
      name: "retryability", parameters: [.init(label: "ofErrorCode", name: "code", type: "String")],
      result: "ErrorRetryability?",
      body: [.switch(subject: "code", cases: cases + [SwitchCase(nil, .line("nil"))])])
  }

  private var idempotencyTokens: FunctionDeclaration? {
    let tokens = operation.input.members.filter(\.isIdempotencyToken).map { member in
      let property = "input.\(member.swiftName)"
      return Statement.line("if \(property) == nil { \(property) = IdempotencyToken.random() }")
    }
    guard !tokens.isEmpty else { return nil }
    return FunctionDeclaration(
      documentation: ["Gives `input` random idempotency tokens where it has none."], isStatic: true,
      name: "addIdempotencyTokens",
      parameters: [.init(label: "to", name: "input", type: "inout \(operation.input.swiftName)")],
      body: tokens)
  }
}
