// The function that reads a structure from awsJson.

/// Translates reading: one pass over the object's members, then the constraints in the order of the model.
struct DecodeTranslator {
  let structure: ResolvedStructure

  func function() -> FunctionDeclaration {
    FunctionDeclaration(
      isStatic: true, name: "decode", parameters: Self.parameters, effects: "throws(JSONError)", result: "Self?",
      body: locals + readLoop + corrections + ConstraintTranslator(structure: structure).statements() + result)
  }

  static let parameters: [FunctionDeclaration.Parameter] = [
    .init(label: "_", name: "reader", type: "inout JSONReader"),
    .init(label: "_", name: "validation", type: "inout Validation"),
  ]

  private var locals: [Statement] {
    let variables = structure.members.map { member in
      Statement.line("var \(local(member)): \(member.value.swiftType)?")
    }
    return variables + (needsMark ? [.line("let mark = validation.mark")] : [])
  }

  /// Whether violations inside members may have been recorded out of the model's order.
  private var needsMark: Bool { structure.isInput && structure.members.contains { $0.value.holdsStructure } }

  private var readLoop: [Statement] {
    guard !structure.members.isEmpty else {
      return [
        .line("try reader.beginObject()"),
        .block(head: "while try reader.nextMember() != nil", body: [.line("try reader.skipValue()")]),
      ]
    }
    let cases = structure.members.map { member in
      SwitchCase(
        SwiftIdentifier.literal(member.wireName),
        ReadTranslator.statement(member.value, into: .variable(local(member)), path: member.pathName))
    }
    return [
      .line("try reader.beginObject()"),
      .block(
        head: "while let wireName = try reader.nextMember()",
        body: [.switch(subject: "wireName", cases: cases + [SwitchCase(nil, .line("try reader.skipValue()"))])]),
    ]
  }

  /// What a client makes up where a service left out required members.
  private var corrections: [Statement] {
    let assignments = structure.members.compactMap { member in
      member.correction.map { correction in
        let value =
          correction == .emptyStructure
          ? "try \(member.value.swiftType).corrected(&validation)" : member.value.expression(correction)
        return Statement.block(
          head: "if \(local(member)) == nil", body: [.assignment(to: local(member), value)])
      }
    }
    return assignments.isEmpty ? [] : [.block(head: "if !validation.enforcesConstraints", body: assignments)]
  }

  private var result: [Statement] {
    var statements: [Statement] = []
    if needsMark {
      let order = structure.members.map { SwiftIdentifier.literal($0.pathName) }
      statements.append(
        .call(Call("validation.arrange", [.init("since", "mark"), .init(nil, .array(order))])))
    }
    let required = structure.members.filter { $0.isRequired && $0.defaultValue == nil }
    if !required.isEmpty { statements.append(.guardLet(required.map(local))) }
    let arguments = structure.initializerMembers.map { member in
      let fallback = member.defaultValue.map { " ?? \(member.value.expression($0))" } ?? ""
      return Call.Argument(member.swiftName, local(member) + fallback)
    }
    statements.append(.call(prefix: "return ", Call("Self", arguments)))
    return statements
  }

  private func local(_ member: ResolvedMember) -> String { SwiftIdentifier.local(member.swiftName) }
}
