// Unions become Swift enums with associated values that keep the names of members they do not know.

struct UnionTranslator {
  let union: ResolvedUnion

  func declaration() -> TypeDeclaration {
    TypeDeclaration(
      documentation: union.documentation, kind: union.isIndirect ? .indirectEnum : .enum, name: union.swiftName,
      conformances: ["AWSJSONUnion"], members: cases + [.function(decode), .function(encode)])
  }

  /// The modules that the types of the members need.
  var modules: Set<Import> { union.members.reduce(into: []) { $0.formUnion($1.value?.modules ?? []) } }

  private var cases: [Declaration] {
    let known = union.members.map { member in
      EnumCase(
        documentation: member.documentation, name: SwiftIdentifier.escaped(member.swiftName),
        associated: member.value.map { [$0.swiftType] } ?? [])
    }
    let unknown = EnumCase(
      documentation: "The name of a member that was not in the model when this code was generated. It cannot be sent.",
      name: "unknown", associated: ["String"])
    return (known + [unknown]).map(Declaration.enumCase)
  }

  // MARK: Reading

  private var decode: FunctionDeclaration {
    let unknown = SwitchCase(nil, .line("try reader.skipValue()"), .line("return .unknown(wireName.string)"))
    return FunctionDeclaration(
      isStatic: true, name: "decode", parameters: DecodeTranslator.parameters, effects: "throws(JSONError)",
      result: "Self?",
      body: [
        .block(
          head: "try reader.readUnion(&validation)",
          parameters: "(reader, validation, wireName) throws(JSONError) -> \(union.swiftName)?",
          body: [.switch(subject: "wireName", cases: union.members.map(read) + [unknown])])
      ])
  }

  private func read(_ member: ResolvedUnion.Member) -> SwitchCase {
    let name = SwiftIdentifier.literal(member.wireName)
    let unionCase = ".\(member.swiftName)"
    guard let value = member.value else {
      return SwitchCase(name, .line("try reader.skipValue()"), .line("return \(unionCase)"))
    }
    let isOptional = value.isDecodedAsOptional
    let type = value.swiftType + (isOptional ? "?" : "")
    var result = SwitchCase(
      name, ReadTranslator.statement(value, into: .constant("value", type: type), path: member.pathName))
    if union.isInput {
      result.body += ConstraintTranslator.checks(value, "value", at: SwiftIdentifier.literal(member.pathName))
    }
    result.body.append(
      .line(isOptional ? "return value.map { \(unionCase)($0) }" : "return \(unionCase)(value)"))
    return result
  }

  // MARK: Writing

  private var encode: FunctionDeclaration {
    let known = union.members.map { member in
      let name = Statement.line("writer.member(\(SwiftIdentifier.literal(member.wireName)))")
      guard let value = member.value else {
        return SwitchCase(
          ".\(member.swiftName)", name, .line("writer.beginObject()"), .line("writer.endObject()"))
      }
      return SwitchCase(".\(member.swiftName)(let value)", name, WriteTranslator.statement(value, "value"))
    }
    return FunctionDeclaration(
      name: "encode", parameters: EncodeTranslator.parameters,
      body: [
        .line("writer.beginObject()"),
        .switch(subject: "self", cases: known + [SwitchCase(".unknown", .line("break"))]),
        .line("writer.endObject()"),
      ])
  }
}

extension ResolvedValue {
  /// Whether reading the value gives nil when it violates the model.
  fileprivate var isDecodedAsOptional: Bool {
    switch type {
    case .structure, .union: true
    default: false
    }
  }
}
