// The client's methods: one per operation for its input, and one with labelled parameters.

/// Translates a service to an extension of its hand-written client, whose generic `send` does the work.
public struct ClientTranslator {
  private let service: ResolvedService

  public init(_ service: ResolvedService) {
    self.service = service
  }

  public func files() -> [SourceFile] {
    service.operations.map(file) + service.choices.map(file)
  }

  private var client: String { "\(service.swiftName)Client" }
  private var modelModule: Import { Import("\(service.swiftName)Model") }

  private func file(_ operation: ResolvedOperation) -> SourceFile {
    let hasParameters = !operation.input.members.isEmpty
    return SourceFile(
      path: "Operations/\(client)+\(operation.name).swift", purpose: "The client's method for \(operation.name).",
      imports: operation.input.modules.union([modelModule]),
      declarations: [
        .type(
          TypeDeclaration(
            kind: .extension, name: client,
            members: [.function(send(operation))] + (hasParameters ? [.function(convenience(operation))] : [])))
      ])
  }

  private func file(_ choice: ResolvedChoice) -> SourceFile {
    let cases = choice.members.map {
      Declaration.enumCase(
        EnumCase(
          documentation: $0.documentation, name: SwiftIdentifier.escaped($0.swiftName),
          associated: [$0.value.swiftType]))
    }
    return SourceFile(
      path: "Choices/\(choice.swiftName).swift", purpose: "A choice that some of the client's methods take.",
      imports: choice.members.reduce(into: [modelModule]) { $0.formUnion($1.value.modules) },
      declarations: [
        .type(
          TypeDeclaration(
            documentation: choice.documentation, kind: .enum, name: choice.swiftName,
            conformances: ["Equatable", "Sendable"], members: cases))
      ])
  }

  private func send(_ operation: ResolvedOperation) -> FunctionDeclaration {
    method(
      operation, documentation: ["", "- Throws: ``\(operation.name)Error``, which says what went wrong."],
      parameters: [.init(label: "_", name: "input", type: operation.input.swiftName)],
      body: [.line("try await send(\(operation.name).self, input)")])
  }

  private func convenience(_ operation: ResolvedOperation) -> FunctionDeclaration {
    let chosen = Set(operation.choice?.members.map(\.swiftName) ?? [])
    let members = operation.input.initializerMembers.filter { !chosen.contains($0.swiftName) }
    var parameters = members.map { member in
      FunctionDeclaration.Parameter(
        name: SwiftIdentifier.escaped(member.swiftName), type: member.propertyType,
        defaultValue: member.isRequired ? nil : "nil")
    }
    var described = members.map { (name: $0.swiftName, text: $0.documentation) }
    if let choice = operation.choice {
      let position = members.count(where: \.isRequired)
      parameters.insert(.init(name: choice.label, type: choice.swiftName), at: position)
      described.insert((choice.label, choice.documentation), at: position)
    }
    return method(
      operation,
      documentation: ["", "- Parameters:"] + described.map { "  - \($0.name): \($0.text)" }
        + ["- Throws: ``\(operation.name)Error``, which says what went wrong."],
      parameters: parameters, body: convenienceBody(operation, members))
  }

  private func convenienceBody(_ operation: ResolvedOperation, _ members: [ResolvedMember]) -> [Statement] {
    let input = Call(
      operation.input.swiftName, members.map { .init($0.swiftName, SwiftIdentifier.escaped($0.swiftName)) })
    let method = SwiftIdentifier.escaped(operation.methodName)
    guard let choice = operation.choice else {
      return [.call(prefix: "try await ", Call(method, [.init(nil, .call(input))]))]
    }
    let cases = choice.members.map {
      SwitchCase(".\($0.swiftName)(let value)", .line("input.\($0.swiftName) = value"))
    }
    return [
      .call(prefix: "var input = ", input),
      .switch(subject: choice.label, cases: cases),
      .line("return try await \(method)(input)"),
    ]
  }

  /// A method for `operation`. What answers nothing may be called without looking at the answer.
  private func method(
    _ operation: ResolvedOperation, documentation: [String], parameters: [FunctionDeclaration.Parameter],
    body: [Statement]
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      documentation: [operation.documentation] + documentation,
      attributes: operation.output.members.isEmpty ? ["@discardableResult"] : [],
      name: SwiftIdentifier.escaped(operation.methodName), parameters: parameters,
      effects: "async throws(\(operation.name)Error)", result: operation.output.swiftName, body: body)
  }
}
