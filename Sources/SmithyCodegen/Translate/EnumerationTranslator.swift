// Enums become Swift enums that keep values they do not know.

struct EnumerationTranslator {
  let enumeration: ResolvedEnumeration

  func declaration() -> TypeDeclaration {
    TypeDeclaration(
      documentation: enumeration.documentation, kind: .enum, name: enumeration.swiftName,
      conformances: ["AWSJSONEnumeration"], members: cases + [allKnown, rawValue, isKnown, fromString, fromJSON])
  }

  private var cases: [Declaration] {
    let known = enumeration.cases.map {
      Declaration.enumCase(EnumCase(documentation: "`\($0.wireName)`", name: SwiftIdentifier.escaped($0.swiftName)))
    }
    let unknown = EnumCase(
      documentation: "A value that was not in the model when this code was generated.", name: "unknown",
      associated: ["String"])
    return known + [.enumCase(unknown)]
  }

  private var allKnown: Declaration {
    .property(
      PropertyDeclaration(
        documentation: "Every value in the model, in its order.", isStatic: true, isConstant: true, name: "allKnown",
        type: "[\(enumeration.swiftName)]", value: .array(enumeration.cases.map { ".\($0.swiftName)" })))
  }

  private var rawValue: Declaration {
    let known = enumeration.cases.map {
      SwitchCase(".\($0.swiftName)", .line(SwiftIdentifier.literal($0.wireName)))
    }
    return .property(
      PropertyDeclaration(
        documentation: "The value as it is on the wire.", name: "rawValue", type: "String",
        getter: [.switch(subject: "self", cases: known + [SwitchCase(".unknown(let value)", .line("value"))])]))
  }

  private var isKnown: Declaration {
    .property(
      PropertyDeclaration(
        documentation: "Whether the value is in the model.", name: "isKnown", type: "Bool",
        getter: [
          .block(head: "if case .unknown = self", body: [.line("return false")]),
          .line("return true"),
        ]))
  }

  private var fromString: Declaration {
    initializer("The value written as `rawValue`.", .init(name: "rawValue", type: "String"), unknown: "rawValue")
  }

  private var fromJSON: Declaration {
    initializer(
      "The value written as `text`.", .init(label: "_", name: "text", type: "JSONName"), unknown: "text.string")
  }

  private func initializer(
    _ documentation: String, _ parameter: FunctionDeclaration.Parameter, unknown: String
  ) -> Declaration {
    let known = enumeration.cases.map {
      SwitchCase(SwiftIdentifier.literal($0.wireName), .line("self = .\($0.swiftName)"))
    }
    return .function(
      FunctionDeclaration(
        documentation: [documentation], name: "init", parameters: [parameter],
        body: [
          .switch(subject: parameter.name, cases: known + [SwitchCase(nil, .line("self = .unknown(\(unknown))"))])
        ]))
  }
}
