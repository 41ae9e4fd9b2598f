// Structures, enums and errors, with the names and documentation that the overlay gives them.

extension Resolver {
  mutating func structure(
    _ id: ShapeID, named swiftName: String, documentation: String?
  ) throws(Refusal) -> ResolvedStructure {
    guard case .structure(let members) = try graph.shape(id).kind else {
      throw Refusal(id.description, "is used as an input or output but is not a structure")
    }
    let name = id.name
    let present = overlay.alwaysPresent[name] ?? []
    let isInput = inputClosure.contains(id)
    if isInput, !present.isEmpty {
      throw Refusal(name, "has members that are always present according to the overlay, but callers send it too")
    }
    var resolved: [ResolvedMember] = []
    for member in members {
      resolved.append(
        ResolvedMember(
          wireName: member.name, swiftName: naming.identifier(member.name),
          pathName: SwiftNaming.pathName(member.name),
          documentation: memberDocumentation(member.name, in: name), value: try values.value(of: member, in: name),
          isRequired: member.traits.isRequired || present.contains(member.name)))
    }
    if let twice = resolved.map(\.swiftName).firstRepeated {
      throw Refusal(name, "has two members whose Swift name is \(twice); name one of them in the overlay")
    }
    return ResolvedStructure(
      swiftName: swiftName,
      documentation: documentation ?? overlay.documentation.structures[name] ?? "The structure `\(name)`.",
      members: resolved, isInput: isInput)
  }

  private func memberDocumentation(_ member: String, in structure: String) -> String {
    overlay.documentation.memberOverrides["\(structure)$\(member)"] ?? overlay.documentation.members[member]
      ?? "The member `\(member)`."
  }

  func enumeration(_ id: ShapeID) throws(Refusal) -> ResolvedEnumeration? {
    guard case .enumeration(let values) = try graph.shape(id).kind else { return nil }
    let cases = values.map { ResolvedEnumeration.Case(swiftName: naming.identifier($0), wireName: $0) }
    if let twice = (cases.map(\.swiftName) + ["unknown"]).firstRepeated {
      throw Refusal(id.description, "has two values whose Swift name is \(twice); name one of them in the overlay")
    }
    return ResolvedEnumeration(
      swiftName: naming.typeName(id.name),
      documentation: overlay.documentation.enums[id.name] ?? "The enum `\(id.name)`.", cases: cases)
  }

  func error(_ id: ShapeID) throws(Refusal) -> ResolvedError {
    let shape = try graph.shape(id)
    guard case .structure(let members) = shape.kind, let kind = shape.traits.error else {
      throw Refusal(id.description, "is listed as an error but is none")
    }
    if let member = members.first(where: { $0.name.lowercased() != "message" }) {
      throw Refusal("\(id)$\(member.name)", "is data beside an error's message, which is not supported yet")
    }
    return ResolvedError(
      name: id.name, caseName: naming.errorCase(id.name),
      documentation: overlay.documentation.errors[id.name] ?? "The error `\(id.name)`.",
      statusCode: shape.traits.httpError ?? (kind == "server" ? 500 : 400))
  }

  func choice(for input: ShapeID, members: [ResolvedMember]) throws(Refusal) -> ResolvedChoice? {
    guard let choice = overlay.exactlyOneOf.first(where: { $0.structures.contains(input.name) }) else { return nil }
    var chosen: [ResolvedMember] = []
    for name in choice.members {
      guard let member = members.first(where: { $0.wireName == name }), !member.isRequired else {
        throw Refusal("\(input.name)$\(name)", "is in an exactly-one-of group but is no optional member")
      }
      chosen.append(member)
    }
    return ResolvedChoice(
      swiftName: choice.type, label: choice.label, documentation: choice.documentation, members: chosen)
  }
}
