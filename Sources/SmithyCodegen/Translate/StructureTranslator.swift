// Structures become Swift structs that read and write themselves as awsJson.

/// Translates a structure: properties, memberwise initializer, decoding with constraints, encoding.
struct StructureTranslator {
  let structure: ResolvedStructure
  /// Whether the structure is the answer of an operation without an output shape, which has no body at all.
  var isBodiless = false

  func declaration() -> TypeDeclaration {
    TypeDeclaration(
      documentation: structure.documentation, kind: .struct, name: structure.swiftName,
      conformances: ["AWSJSONStructure", "Equatable"],
      members: properties + [.function(initializer)] + bodyMarker + [
        .function(DecodeTranslator(structure: structure).function()),
        .function(EncodeTranslator(structure: structure).function()),
      ])
  }

  private var properties: [Declaration] {
    structure.members.map { member in
      .property(
        PropertyDeclaration(
          documentation: member.documentation, attribute: member.isIndirect ? .code("@Indirect") : nil,
          name: SwiftIdentifier.escaped(member.swiftName), type: member.propertyType))
    }
  }

  private var initializer: FunctionDeclaration {
    FunctionDeclaration(
      name: "init",
      parameters: structure.initializerMembers.map { member in
        FunctionDeclaration.Parameter(
          name: SwiftIdentifier.escaped(member.swiftName), type: member.propertyType,
          defaultValue: member.initializerDefault)
      },
      body: structure.members.map { .line("self.\($0.swiftName) = \(SwiftIdentifier.escaped($0.swiftName))") })
  }

  private var bodyMarker: [Declaration] {
    guard isBodiless else { return [] }
    return [
      .property(
        PropertyDeclaration(
          documentation: "False: the answer has no body.", isStatic: true, name: "hasBody", type: "Bool",
          getter: [.line("false")]))
    ]
  }
}
