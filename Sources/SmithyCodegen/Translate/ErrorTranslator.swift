// Modelled errors become Swift structs with what the service said about the failure.

struct ErrorTranslator {
  let error: ResolvedError

  func declaration() -> TypeDeclaration {
    TypeDeclaration(
      documentation: error.documentation, kind: .struct, name: error.name, conformances: ["ModeledServiceError"],
      members: [
        constant("The code that names the error on the wire.", "code", SwiftIdentifier.literal(error.name)),
        constant("The HTTP status that goes with the error.", "statusCode", "\(error.statusCode)"),
        property("What the service said about it, if anything.", "message", "String?"),
        property("The id of the failed request.", "requestID", "String?"),
        property("The HTTP status of the answer.", "statusCode", "Int"),
        .function(initializer),
      ])
  }

  private func constant(_ documentation: String, _ name: String, _ value: String) -> Declaration {
    .property(
      PropertyDeclaration(
        documentation: documentation, isStatic: true, isConstant: true, name: name, value: .code(value)))
  }

  private func property(_ documentation: String, _ name: String, _ type: String) -> Declaration {
    .property(PropertyDeclaration(documentation: documentation, name: name, type: type))
  }

  private var initializer: FunctionDeclaration {
    FunctionDeclaration(
      name: "init",
      parameters: [
        .init(name: "message", type: "String?", defaultValue: "nil"),
        .init(name: "requestID", type: "String?", defaultValue: "nil"),
        .init(name: "statusCode", type: "Int", defaultValue: "Self.statusCode"),
      ],
      body: ["message", "requestID", "statusCode"].map { .line("self.\($0) = \($0)") })
  }
}
