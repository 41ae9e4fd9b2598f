// The checks that a decoded structure goes through.

/// Translates constraints: presence for every structure, the rest only for structures that requests can hold.
struct ConstraintTranslator {
  let structure: ResolvedStructure

  func statements() -> [Statement] {
    structure.members.flatMap { member -> [Statement] in
      let local = SwiftIdentifier.local(member.swiftName)
      let path = SwiftIdentifier.literal(member.pathName)
      var statements: [Statement] = []
      if member.isRequired { statements.append(.line("if \(local) == nil { validation.missing(\(path)) }")) }
      if structure.isInput { statements += checks(member.value, local, at: path) }
      return statements
    }
  }

  /// The checks of `value`; without a path they are about the element that the runtime is at.
  private func checks(_ value: ResolvedValue, _ name: String, at path: String?) -> [Statement] {
    value.constraints.map { .line(check($0, of: value, name, at: path)) } + elementChecks(value, name, at: path)
  }

  private func check(
    _ constraint: ResolvedValue.Constraint, of value: ResolvedValue, _ name: String, at path: String?
  ) -> String {
    var arguments = [name]
    let function: String
    switch constraint {
    case .length(let bounds):
      function = "checkLength"
      arguments += self.arguments(bounds)
    case .range(let bounds):
      function = "checkRange"
      arguments += self.arguments(bounds)
    case .pattern(let pattern):
      function = "checkPattern"
      arguments.append("ShapePatterns.\(pattern)")
    case .enumeration: function = "checkEnumeration"
    }
    if let path { arguments.append("at: \(path)") }
    if value.type == .string, value.isSensitive { arguments.append("isSensitive: true") }
    return "validation.\(function)(\(arguments.joined(separator: ", ")))"
  }

  private func arguments(_ bounds: Traits.Bounds) -> [String] {
    [bounds.min.map { "min: \($0)" }, bounds.max.map { "max: \($0)" }].compactMap { $0 }
  }

  private func elementChecks(_ value: ResolvedValue, _ name: String, at path: String?) -> [Statement] {
    switch value.type {
    case .list(let element, _): each("checkElements", element, of: name, at: path, as: "element")
    case .map(let key, let element, _):
      each("checkKeys", key, of: name, at: path, as: "key") + each("checkValues", element, of: name, at: path, as: "value")
    default: []
    }
  }

  private func each(
    _ function: String, _ value: ResolvedValue, of name: String, at path: String?, as element: String
  ) -> [Statement] {
    guard value.isConstrained else { return [] }
    let arguments = [name] + (path.map { ["at: \($0)"] } ?? [])
    return [
      .block(
        head: "validation.\(function)(\(arguments.joined(separator: ", ")))", parameters: "validation, \(element)",
        body: checks(value, element, at: nil))
    ]
  }
}
