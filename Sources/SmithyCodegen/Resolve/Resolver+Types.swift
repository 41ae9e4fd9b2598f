// Structures and unions, with the names and documentation that the overlay gives them.

/// Where a structure stands, which decides whether its members may be absent.
enum StructureRole {
  /// The whole input or output of an operation.
  case input, output
  /// A value inside others.
  case nested
}

extension Resolver {
  mutating func structure(
    _ id: ShapeID, named swiftName: String, as role: StructureRole, documentation: String? = nil
  ) throws(Refusal) -> ResolvedStructure {
    guard case .structure(let members) = try graph.shape(id).kind else {
      throw Refusal(id.description, "is used as an input or output but is not a structure")
    }
    let name = id.name
    let isInput = inputClosure.contains(id)
    if isInput, overlay.alwaysPresent[name]?.isEmpty == false {
      throw Refusal(name, "has members that are always present according to the overlay, but callers send it too")
    }
    var resolved: [ResolvedMember] = []
    for member in members { resolved.append(try self.member(member, of: id, as: role)) }
    if let twice = resolved.map(\.swiftName).firstRepeated {
      throw Refusal(name, "has two members whose Swift name is \(twice); name one of them in the overlay")
    }
    return ResolvedStructure(
      swiftName: swiftName,
      documentation: documentation ?? overlay.documentation.structures[name] ?? "The structure `\(name)`.",
      members: resolved, isInput: isInput)
  }

  /// A member of a structure, which may be absent by Smithy's rules for clients.
  ///
  /// A member with a default is never absent, save in an operation's own input: what callers leave out there is left to
  /// the service, so that a new default of the service counts for old clients too. `clientOptional` makes members of
  /// answers optional; callers must still give what the service requires. `addedDefault` changes nothing: it is for
  /// clients that must stay compatible with what they were generated as before.
  ///
  /// Specification: <https://smithy.io/2.0/spec/aggregate-types.html#structure-member-optionality>.
  private mutating func member(
    _ member: Shape.Member, of owner: ShapeID, as role: StructureRole
  ) throws(Refusal) -> ResolvedMember {
    let subject = "\(owner.name)$\(member.name)"
    let value = try values.value(of: member, in: owner.name)
    var resolved = ResolvedMember(
      wireName: member.name, swiftName: naming.identifier(member.name), pathName: SwiftNaming.pathName(member.name),
      documentation: memberDocumentation(member.name, in: owner.name), value: value,
      isRequired: member.traits.isRequired || overlay.alwaysPresent[owner.name]?.contains(member.name) == true)
    if member.traits.isClientOptional, !inputClosure.contains(owner),
      overlay.alwaysPresent[owner.name]?.contains(member.name) != true
    {
      resolved.isRequired = false
    }
    if role == .input, member.traits.isIdempotencyToken, value.isPlainText {
      resolved.isIdempotencyToken = true
      resolved.isRequired = false
    }
    if role != .input, !member.traits.isClientOptional, let node = member.traits.defaultValue {
      resolved.isRequired = true
      resolved.defaultValue = try defaultValue(node, of: value, target: member.target, subject: subject)
    } else if role != .input, resolved.isRequired, outputClosure.contains(owner) {
      resolved.correction = value.correction(overlay.errorCorrection)
    }
    if role == .nested, case .structure = value.type {
      resolved.isIndirect = try graph.holdsDirectly(member.target, owner, through: [.structures])
    }
    return resolved
  }

  private func memberDocumentation(_ member: String, in structure: String) -> String {
    overlay.documentation.memberOverrides["\(structure)$\(member)"] ?? overlay.documentation.members[member]
      ?? "The member `\(member)`."
  }

  mutating func union(_ id: ShapeID) throws(Refusal) -> ResolvedUnion? {
    guard case .union(let members) = try graph.shape(id).kind else { return nil }
    let name = id.name
    var resolved: [ResolvedUnion.Member] = []
    var isIndirect = false
    for member in members {
      if try graph.holdsDirectly(member.target, id, through: [.structures, .unions]) { isIndirect = true }
      resolved.append(
        ResolvedUnion.Member(
          wireName: member.name, swiftName: naming.enumCase(member.name), pathName: SwiftNaming.pathName(member.name),
          documentation: memberDocumentation(member.name, in: name),
          value: member.target == .unit ? nil : try values.value(of: member, in: name)))
    }
    if let twice = resolved.map(\.swiftName).firstRepeated {
      throw Refusal(name, "has two members whose Swift name is \(twice); name one of them in the overlay")
    }
    return ResolvedUnion(
      swiftName: naming.typeName(name),
      documentation: overlay.documentation.structures[name] ?? "The union `\(name)`.", members: resolved,
      isInput: inputClosure.contains(id), isIndirect: isIndirect)
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
