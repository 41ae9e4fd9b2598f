// The client: its class, its methods for operations and pages, and the choices that some of them take.

/// Translates a service to a client class on top of the `AWSClient` module, which does the work.
public struct ClientTranslator {
  private let service: ResolvedService
  private let modules: ClientModules

  public init(_ service: ResolvedService, layout: ModuleLayout = .separate()) {
    self.service = service
    modules = ClientModules(layout: layout, service: service)
  }

  /// - Throws: ``Refusal`` when the model does not say how requests are signed.
  public func files() throws(Refusal) -> [SourceFile] {
    try ServiceTranslator(service: service, modules: modules).files() + service.operations.map(file)
      + service.operations.compactMap { operation in
        operation.pagination.map {
          PaginatorTranslator(operation: operation, pagination: $0, client: service.clientName, modules: modules).file()
        }
      } + service.choices.map(file) + modules.exports
  }

  private func file(_ operation: ResolvedOperation) -> SourceFile {
    let hasParameters = !operation.input.members.isEmpty
    return SourceFile(
      path: "Operations/\(service.clientName)+\(operation.name).swift",
      purpose: "The client's method for \(operation.name).",
      imports: operation.input.modules.union(modules.types).union([modules.runtime(isPublic: false)]),
      declarations: [
        .type(
          TypeDeclaration(
            kind: .extension, name: service.clientName,
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
      imports: choice.members.reduce(into: modules.types) { $0.formUnion($1.value.modules) },
      declarations: [
        .type(
          TypeDeclaration(
            documentation: choice.documentation, kind: .enum, name: choice.swiftName,
            conformances: ["Equatable", "Sendable"], members: cases))
      ])
  }

  private func send(_ operation: ResolvedOperation) -> FunctionDeclaration {
    method(
      operation, documentation: [""],
      parameters: [.init(label: "_", name: "input", type: operation.input.swiftName)],
      body: [.line("try await send(\(operation.name).self, input)")])
  }

  private func convenience(_ operation: ResolvedOperation) -> FunctionDeclaration {
    let input = LabelledInput(of: operation)
    return method(
      operation, documentation: [""] + input.documentation, parameters: input.parameters,
      body: input.body(calling: operation.methodName, effects: "try await "))
  }

  /// A method for `operation`. What answers nothing may be called without looking at the answer.
  private func method(
    _ operation: ResolvedOperation, documentation: [String], parameters: [FunctionDeclaration.Parameter],
    body: [Statement]
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      documentation: [operation.documentation] + documentation
        + ["- Throws: ``\(operation.name)Error``, which says what went wrong."],
      attributes: operation.output.members.isEmpty ? ["@discardableResult"] : [],
      name: SwiftIdentifier.escaped(operation.methodName), parameters: parameters,
      effects: "async throws(\(operation.name)Error)", result: operation.output.swiftName, body: body)
  }
}
