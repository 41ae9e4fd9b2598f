// Enums of numbers become Swift structs with a constant for each value that the model has.

struct IntEnumerationTranslator {
  let enumeration: ResolvedIntEnumeration

  func declaration() -> TypeDeclaration {
    TypeDeclaration(
      documentation: enumeration.documentation, kind: .struct, name: enumeration.swiftName,
      conformances: ["AWSJSONIntEnumeration"],
      members: constants + [
        .property(
          PropertyDeclaration(
            documentation: "Every value in the model, in its order.", isStatic: true, isConstant: true,
            name: "allKnown", type: "[\(enumeration.swiftName)]",
            value: .array(enumeration.cases.map { ".\($0.swiftName)" }))),
        .property(
          PropertyDeclaration(documentation: "The value as it is on the wire.", name: "rawValue", type: "Int")),
        .function(
          FunctionDeclaration(
            documentation: ["The value of this number, known or not."], name: "init",
            parameters: [.init(name: "rawValue", type: "Int")], body: [.line("self.rawValue = rawValue")])),
      ])
  }

  private var constants: [Declaration] {
    enumeration.cases.map { item in
      .property(
        PropertyDeclaration(
          documentation: "`\(item.name)`", isStatic: true, isConstant: true,
          name: SwiftIdentifier.escaped(item.swiftName),
          value: .code("\(enumeration.swiftName)(rawValue: \(item.value))")))
    }
  }
}
