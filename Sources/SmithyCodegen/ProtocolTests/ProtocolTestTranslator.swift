// Protocol tests become test suites: one for the requests and one for the responses of each operation and error.

/// Translates the protocol tests of a service to Swift tests on top of the module `ProtocolTestHarness`.
struct ProtocolTestTranslator {
  let service: ResolvedService
  let groups: [ProtocolTestGroup]
  private let params: ParamsTranslator

  init(_ service: ResolvedService, groups: [ProtocolTestGroup]) {
    self.service = service
    self.groups = groups
    params = ParamsTranslator(service)
  }

  /// - Throws: ``Refusal`` when a test has parameters that are no values of the service's types.
  func files() throws(Refusal) -> [SourceFile] {
    var files = [index]
    for group in groups {
      guard let operation = service.operations.first(where: { $0.name == group.operation }) else { continue }
      if !group.requests.isEmpty { files.append(try requests(group, operation)) }
      if !group.responses.isEmpty { files.append(try responses(group, operation)) }
    }
    return files
  }

  // MARK: Requests

  private func requests(_ group: ProtocolTestGroup, _ operation: ResolvedOperation) throws(Refusal) -> SourceFile {
    var params = params
    var tests: [FunctionDeclaration] = []
    for test in group.requests {
      do {
        tests.append(try function(test, operation, &params))
      } catch {
        throw Refusal("the test \(test.id)", "\(error)")
      }
    }
    return try file(
      "\(operation.name)RequestTests", purpose: "What requests for \(operation.name) look like.", tests,
      modules: params.modules)
  }

  private func function(
    _ test: RequestTestCase, _ operation: ResolvedOperation, _ params: inout ParamsTranslator
  ) throws(Refusal) -> FunctionDeclaration {
    function(
      test.id,
      [
        .expression(prefix: "let input = ", try params.expression(test.params, operation.input)),
        .call(prefix: "let request = ", Call("RequestCase", arguments(test))),
        differences("request", [.init("of", "input"), .init("to", "\(operation.name).self")]),
      ])
  }

  private func arguments(_ test: RequestTestCase) -> [Call.Argument] {
    var arguments: [Call.Argument] = []
    if test.method != "POST" { arguments.append(.init("method", SwiftIdentifier.literal(test.method))) }
    if test.uri != "/" { arguments.append(.init("uri", SwiftIdentifier.literal(test.uri))) }
    if let host = test.host { arguments.append(.init("host", SwiftIdentifier.literal(host))) }
    if let host = test.resolvedHost { arguments.append(.init("resolvedHost", SwiftIdentifier.literal(host))) }
    arguments += headers(test.headers) + names("forbiddenHeaders", test.forbiddenHeaders)
    arguments += names("requiredHeaders", test.requiredHeaders)
    switch test.body {
    case nil: break
    case .text(let text): arguments.append(.init("body", .call(Call(".text", [.init(nil, Self.body(text))]))))
    case .json(let node):
      arguments.append(.init("body", .call(Call(".json", [.init(nil, Self.body(node.compactText))]))))
    }
    return arguments
  }

  // MARK: Responses

  private func responses(_ group: ProtocolTestGroup, _ operation: ResolvedOperation) throws(Refusal) -> SourceFile {
    var params = params
    var tests: [FunctionDeclaration] = []
    for test in group.responses {
      do {
        if let error = operation.errors.first(where: { $0.name == group.error }) {
          tests.append(try function(test, error, operation, &params))
        } else {
          tests.append(try function(test, operation, &params))
        }
      } catch {
        throw Refusal("the test \(test.id)", "\(error)")
      }
    }
    let purpose =
      "What is made of responses with the \(group.error.map { "error \($0)" } ?? "output of \(operation.name)")."
    return try file(
      "\(group.error ?? operation.name)ResponseTests", purpose: purpose, tests, modules: params.modules)
  }

  private func function(
    _ test: ResponseTestCase, _ operation: ResolvedOperation, _ params: inout ParamsTranslator
  ) throws(Refusal) -> FunctionDeclaration {
    function(
      test.id,
      [
        .expression(prefix: "let input = ", try params.smallest(operation.input)), response(test),
        .expression(prefix: "let output = ", try params.expression(test.params, operation.output)),
        differences(
          "response", [.init("from", "output"), .init("of", "\(operation.name).self"), .init("answering", "input")]),
      ])
  }

  private func function(
    _ test: ResponseTestCase, _ error: ResolvedError, _ operation: ResolvedOperation, _ params: inout ParamsTranslator
  ) throws(Refusal) -> FunctionDeclaration {
    var arguments: [Call.Argument] = []
    guard case .object(let given) = test.params else { throw Refusal(error.name, "has parameters that are no object") }
    for member in given where !error.members.contains(where: { $0.wireName == member.name }) {
      guard member.name.lowercased() == "message", let message = member.value.text else {
        throw Refusal("\(error.name)$\(member.name)", "has a parameter but is not in the model")
      }
      arguments.append(.init("message", SwiftIdentifier.literal(message)))
    }
    if test.statusCode != error.statusCode { arguments.append(.init("statusCode", "\(test.statusCode)")) }
    arguments += try params.arguments(test.params, error.members)
    return function(
      test.id,
      [
        .expression(prefix: "let input = ", try params.smallest(operation.input)), response(test),
        .call(prefix: "let error = ", Call(error.name, arguments)),
        differences(
          "response", [.init("from", "error"), .init("of", "\(operation.name).self"), .init("answering", "input")],
          further: [.init("as", "{ if case .\(error.caseName)(let error) = $0 { error } else { nil } }")]),
      ])
  }

  private func response(_ test: ResponseTestCase) -> Statement {
    var response: [Call.Argument] = [.init("statusCode", "\(test.statusCode)")]
    response += headers(test.headers)
    if !test.body.isEmpty { response.append(.init("body", Self.body(test.body))) }
    if let error = test.queryError {
      let fault = error.fault.map(SwiftIdentifier.literal) ?? "nil"
      response.append(
        .init(
          "queryError",
          .call(Call(".init", [.init("code", SwiftIdentifier.literal(error.code)), .init("fault", fault)]))))
    }
    return .call(prefix: "let response = ", Call("ResponseCase", response))
  }

  // MARK: Parts

  private func differences(_ subject: String, _ arguments: [Call.Argument], further: [Call.Argument] = []) -> Statement
  {
    .call(
      prefix: "let differences = await ",
      Call("\(subject).differences", arguments + [.init("by", "\(service.clientName).self")] + further))
  }

  private func function(_ id: String, _ body: [Statement]) -> FunctionDeclaration {
    FunctionDeclaration(
      attributes: ["@Test(\(SwiftIdentifier.literal(id)))"], access: .internal,
      name: SwiftIdentifier.escaped(SwiftNaming().identifier(id)), effects: "async",
      body: body + [.line("#expect(differences == [])")])
  }

  private func headers(_ headers: [TestHeader]) -> [Call.Argument] {
    guard !headers.isEmpty else { return [] }
    let entries = headers.map {
      Expression.Entry(SwiftIdentifier.literal($0.name), .code(SwiftIdentifier.literal($0.value)))
    }
    return [.init("headers", .dictionary(entries))]
  }

  private func names(_ label: String, _ names: [String]) -> [Call.Argument] {
    names.isEmpty ? [] : [.init(label, .array(names.map(SwiftIdentifier.literal)))]
  }

  private static func body(_ text: String) -> Expression { text.contains("\n") ? .lines(text) : .rawText(text) }

  private func file(
    _ name: String, purpose: String, _ tests: [FunctionDeclaration], modules: Set<Import>
  ) throws(Refusal) -> SourceFile {
    if let twice = tests.map(\.name).firstRepeated { throw Refusal(name, "has two tests called \(twice)") }
    let imports = Set(modules.map { Import($0.module, isPublic: false) }).union([
      Import("ProtocolTestHarness", isPublic: false), Import("Testing", isPublic: false),
    ])
    return SourceFile(
      path: "Cases/\(name).swift", purpose: purpose, imports: imports,
      declarations: [
        .type(
          TypeDeclaration(access: .internal, kind: .struct, name: name, members: tests.map(Declaration.function)))
      ])
  }

  /// The ids of all tests, so that it can be told whether any is missing.
  private var index: SourceFile {
    let lists: [(label: String, ids: [String])] = [
      ("requests", groups.flatMap { $0.requests.map(\.id) }), ("responses", groups.flatMap { $0.responses.map(\.id) }),
      ("serverRequests", groups.flatMap(\.serverRequests)), ("serverResponses", groups.flatMap(\.serverResponses)),
    ]
    let call = Call("CaseIndex", lists.map { .init($0.label, .array($0.ids.map(SwiftIdentifier.literal))) })
    return SourceFile(
      path: "Cases/CaseIndex+Generated.swift", purpose: "Which protocol tests \(service.name) has.",
      imports: [Import("ProtocolTestHarness", isPublic: false)],
      declarations: [
        .type(
          TypeDeclaration(
            kind: .extension, name: "CaseIndex",
            members: [
              .property(
                PropertyDeclaration(
                  documentation:
                    "The tests of this module, and those that are for servers: what they read, and what they answer.",
                  access: .internal, isStatic: true, isConstant: true, name: "generated", value: .call(call)))
            ]))
      ])
  }
}
