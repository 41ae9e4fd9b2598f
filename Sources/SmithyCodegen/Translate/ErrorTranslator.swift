// Modelled errors become Swift structs with what the service said about the failure.

struct ErrorTranslator {
  let error: ResolvedError

  func declaration() -> TypeDeclaration {
    TypeDeclaration(
      documentation: error.documentation, kind: .struct, name: error.name, conformances: ["ModeledServiceError"],
      members: constants + [
        property("What the service said about it, if anything.", "message", "String?"),
        property("The id of the failed request.", "requestID", "String?"),
        property("The HTTP status of the answer.", "statusCode", "Int"),
      ]
        + error.members.map { member in
          property(member.documentation, SwiftIdentifier.escaped(member.swiftName), member.propertyType)
        } + initializers + body)
  }

  /// The modules that the types of the members need.
  var modules: Set<Import> { error.members.reduce(into: []) { $0.formUnion($1.value.modules) } }

  private var constants: [Declaration] {
    var constants = [
      constant("The code that names the error on the wire.", "code", SwiftIdentifier.literal(error.name)),
      constant("The HTTP status that goes with the error.", "statusCode", "\(error.statusCode)"),
    ]
    if let retryability = error.retryability {
      constants.append(
        constant(
          "Whether a request that failed with the error may be repeated.", "retryability", ".\(retryability.rawValue)",
          type: "ErrorRetryability?"))
    }
    return constants
  }

  private func constant(
    _ documentation: String, _ name: String, _ value: String, type: String? = nil
  ) -> Declaration {
    .property(
      PropertyDeclaration(
        documentation: documentation, isStatic: true, isConstant: true, name: name, type: type, value: .code(value)))
  }

  private func property(_ documentation: String, _ name: String, _ type: String) -> Declaration {
    .property(PropertyDeclaration(documentation: documentation, name: name, type: type))
  }

  private var initializers: [Declaration] {
    let own: [FunctionDeclaration.Parameter] = error.members.map {
      .init(name: SwiftIdentifier.escaped($0.swiftName), type: $0.propertyType, defaultValue: "nil")
    }
    let ownNames = error.members.map(\.swiftName)
    let memberwise = FunctionDeclaration(
      name: "init",
      parameters: [
        .init(name: "message", type: "String?", defaultValue: "nil"),
        .init(name: "requestID", type: "String?", defaultValue: "nil"),
        .init(name: "statusCode", type: "Int", defaultValue: "Self.statusCode"),
      ] + own,
      body: (["message", "requestID", "statusCode"] + ownNames).map {
        .line("self.\($0) = \(SwiftIdentifier.escaped($0))")
      })
    guard !error.members.isEmpty else { return [.function(memberwise)] }
    let required = FunctionDeclaration(
      name: "init",
      parameters: [
        .init(name: "message", type: "String?"), .init(name: "requestID", type: "String?"),
        .init(name: "statusCode", type: "Int"),
      ],
      body: (["message", "requestID", "statusCode"]).map { .line("self.\($0) = \($0)") })
    let fromReply = FunctionDeclaration(
      documentation: ["The error as the service answered it, with what is in it beside the message."], name: "init",
      parameters: [.init(label: "_", name: "reply", type: "ServiceErrorReply")],
      body: [
        .line("let body = reply.details(Body.self)"),
        .call(
          Call(
            "self.init",
            ["message", "requestID", "statusCode"].map { (name: String) in .init(name, "reply.\(name)") }
              + ownNames.map { (name: String) in .init(name, "body?.\(name)") })),
      ])
    return [.function(memberwise), .function(required), .function(fromReply)]
  }

  /// The structure by which the error's members are read.
  private var body: [Declaration] {
    guard !error.members.isEmpty else { return [] }
    var structure = StructureTranslator(
      structure: ResolvedStructure(
        swiftName: "Body", documentation: "What is in the error beside its message.", members: error.members,
        isInput: false)
    ).declaration()
    structure.access = .internal
    return [.type(structure)]
  }
}
