// Enums of strings and of numbers, and the names of their values.

extension Resolver {
  func enumeration(_ id: ShapeID) throws(Refusal) -> ResolvedEnumeration? {
    guard case .enumeration(let values) = try graph.shape(id).kind else { return nil }
    let names = try caseNames(values.map { (name: $0.name, value: $0.value) }, of: id)
    return ResolvedEnumeration(
      swiftName: naming.typeName(id.name),
      documentation: overlay.documentation.enums[id.name] ?? "The enum `\(id.name)`.",
      cases: zip(names, values).map { ResolvedEnumeration.Case(swiftName: $0, wireName: $1.value) })
  }

  func intEnumeration(_ id: ShapeID) throws(Refusal) -> ResolvedIntEnumeration? {
    guard case .intEnumeration(let values) = try graph.shape(id).kind else { return nil }
    let names = try caseNames(values.map { (name: $0.name, value: $0.name) }, of: id)
    return ResolvedIntEnumeration(
      swiftName: naming.typeName(id.name),
      documentation: overlay.documentation.enums[id.name] ?? "The enum `\(id.name)`.",
      cases: zip(names, values).map { ResolvedIntEnumeration.Case(swiftName: $0, name: $1.name, value: $1.value) })
  }

  /// The Swift names of an enum's values.
  ///
  /// A value is named after itself, since that is what is in the service's documentation; after the model's name for it
  /// where no identifier can be made of it, or the same one as of another value.
  private func caseNames(_ values: [(name: String, value: String)], of id: ShapeID) throws(Refusal) -> [String] {
    let preferred = values.map { naming.enumCase($0.value) }
    let names = zip(preferred, values).map { identifier, value in
      let isShared = preferred.count { $0 == identifier } > 1
      let other = naming.enumCase(value.name)
      return (isShared || identifier.hasPrefix("_")) && !other.hasPrefix("_") ? other : identifier
    }
    if let twice = names.firstRepeated {
      throw Refusal(id.description, "has two values whose Swift name is \(twice); name one of them in the overlay")
    }
    return names
  }
}

extension SwiftNaming {
  /// The name of a case beside which generated code has `unknown`, and a few properties.
  func enumCase(_ name: String) -> String {
    let identifier = identifier(name)
    return ["unknown", "allKnown", "hasBody"].contains(identifier) ? "\(identifier)Value" : identifier
  }
}
