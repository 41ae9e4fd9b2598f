// The client class, which says what service it is for, and the rules of the service's endpoints.

/// Translates a service to its client class.
struct ServiceTranslator {
  let service: ResolvedService
  let modules: ClientModules

  func files() throws(Refusal) -> [SourceFile] {
    let file = SourceFile(
      path: "\(service.clientName).swift", purpose: "The client of \(service.description.id).",
      imports: [modules.runtime(isPublic: true)], declarations: [.type(try client())])
    return [file] + (service.description.endpointRules.map { [endpointRules($0)] } ?? [])
  }

  private func client() throws(Refusal) -> TypeDeclaration {
    TypeDeclaration(
      documentation: documentation, kind: .finalClass, name: service.clientName, conformances: ["AWSServiceClient"],
      members: [
        .property(
          PropertyDeclaration(
            documentation: "What requests to the service are made with.", isStatic: true, isConstant: true,
            name: "service", value: .call(try description()))),
        .property(
          PropertyDeclaration(
            documentation: "What makes the client's calls.", isConstant: true, name: "runtime", type: "ClientRuntime")),
        .function(
          FunctionDeclaration(
            documentation: ["A client that makes its calls through `runtime`."], name: "init",
            parameters: [.init(name: "runtime", type: "ClientRuntime")], body: [.line("self.runtime = runtime")])),
      ])
  }

  private var documentation: String {
    let about = service.documentation.isEmpty ? "" : "\n\n\(service.documentation)"
    return """
      A client of \(service.description.id).\(about)

      Every operation is a method with an error type of its own. One client serves any number of tasks at a time: make \
      one and keep it.
      """
  }

  private func description() throws(Refusal) -> Call {
    let facts = service.description
    guard let signingName = facts.signingName else {
      throw Refusal(service.name, "has no aws.auth#sigv4 trait; the client signs every request with SigV4")
    }
    let texts = [
      ("id", facts.id), ("name", service.swiftName), ("signingName", signingName),
      ("endpointPrefix", facts.endpointPrefix), ("protocolVersion", facts.protocolVersion),
    ]
    return Call(
      "ServiceDescription",
      texts.map { .init($0, SwiftIdentifier.literal($1)) }
        + (facts.isQueryCompatible ? [.init("isQueryCompatible", "true")] : [])
        + (facts.endpointRules == nil ? [] : [.init("endpointRules", "endpointRules")]))
  }

  /// The rules stand in a file of their own: they are long, and data.
  private func endpointRules(_ rules: JSONNode) -> SourceFile {
    let constant = Declaration.property(
      PropertyDeclaration(
        documentation: "The rules that give the endpoint of a Region.", access: .internal, isStatic: true,
        isConstant: true, name: "endpointRules",
        value: .call(Call("EndpointRuleSet", [.init("json", .rawText(rules.compactText))]))))
    return SourceFile(
      path: "\(service.clientName)+EndpointRules.swift", purpose: "Where requests to \(service.description.id) go.",
      imports: [modules.runtime(isPublic: false)],
      declarations: [.type(TypeDeclaration(kind: .extension, name: service.clientName, members: [constant]))])
  }
}
