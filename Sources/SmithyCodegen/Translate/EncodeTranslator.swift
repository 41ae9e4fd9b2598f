// The function that writes a structure as awsJson.

/// Translates writing: the members in the order of the model, absent ones left out.
struct EncodeTranslator {
  let structure: ResolvedStructure

  func function() -> FunctionDeclaration {
    FunctionDeclaration(
      name: "encode", parameters: Self.parameters,
      body: [.line("writer.beginObject()")] + structure.members.flatMap(member) + [.line("writer.endObject()")])
  }

  static let parameters: [FunctionDeclaration.Parameter] = [.init(label: "_", name: "writer", type: "inout JSONWriter")]

  private func member(_ member: ResolvedMember) -> [Statement] {
    let name = SwiftIdentifier.local(member.swiftName)
    let property = SwiftIdentifier.escaped(member.swiftName)
    let wireName = Statement.line("writer.member(\(SwiftIdentifier.literal(member.wireName)))")
    guard !member.isRequired else {
      return [wireName, WriteTranslator.statement(member.value, name == property ? property : "self.\(property)")]
    }
    let binding = name == property ? "if let \(name)" : "if let \(name) = self.\(property)"
    return [.block(head: binding, body: [wireName, WriteTranslator.statement(member.value, name)])]
  }
}
