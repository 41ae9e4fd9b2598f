// The function that writes a structure as awsJson.

/// Translates writing: the members in the order of the model, absent ones left out.
struct EncodeTranslator {
  let structure: ResolvedStructure

  func function() -> FunctionDeclaration {
    FunctionDeclaration(
      name: "encode", parameters: [.init(label: "_", name: "writer", type: "inout JSONWriter")],
      body: [.line("writer.beginObject()")] + structure.members.flatMap(member) + [.line("writer.endObject()")])
  }

  private func member(_ member: ResolvedMember) -> [Statement] {
    let name = SwiftIdentifier.local(member.swiftName)
    let property = SwiftIdentifier.escaped(member.swiftName)
    let wireName = Statement.line("writer.member(\(SwiftIdentifier.literal(member.wireName)))")
    guard !member.isRequired else {
      return [wireName, write(member.value, name == property ? property : "self.\(property)")]
    }
    let binding = name == property ? "if let \(name)" : "if let \(name) = self.\(property)"
    return [.block(head: binding, body: [wireName, write(member.value, name)])]
  }

  private func write(_ value: ResolvedValue, _ name: String) -> Statement {
    switch value.type {
    case .string: .line("writer.\(value.isSensitive ? "secretText" : "string")(\(name))")
    case .blob: .line("writer.\(value.isSensitive ? "secret" : "blob")(\(name))")
    case .boolean: .line("writer.bool(\(name))")
    case .integer: .line("writer.int(\(name))")
    case .float: .line("writer.float(\(name))")
    case .double: .line("writer.double(\(name))")
    case .timestamp(let format):
      .line("writer.timestamp(\(name)\(format == .epochSeconds ? "" : ", .\(format)"))")
    case .document: .line("writer.document(\(name))")
    case .enumeration: .line("writer.enumeration(\(name))")
    case .structure: .line("writer.structure(\(name))")
    case .list(let element, let isSparse):
      if !isSparse, let kind = element.collectionName {
        .line("writer.\(kind.lowercased())List(\(name))")
      } else {
        each("writer.list(\(name))", element, isSparse: isSparse)
      }
    case .map(_, let element, let isSparse):
      if !isSparse, element.isPlainText {
        .line("writer.stringMap(\(name))")
      } else {
        each("writer.map(\(name))", element, isSparse: isSparse)
      }
    }
  }

  private func each(_ call: String, _ element: ResolvedValue, isSparse: Bool) -> Statement {
    let write = write(element, "value")
    let body: [Statement] =
      isSparse
      ? [.block(head: "if let value", body: [write]), .block(head: "if value == nil", body: [.line("writer.null()")])]
      : [write]
    return .block(head: call, parameters: "writer, value", body: body)
  }
}
