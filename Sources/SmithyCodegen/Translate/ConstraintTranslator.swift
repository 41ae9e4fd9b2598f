// The checks that a decoded structure goes through.

/// Translates constraints: presence for every structure, the rest only for structures that requests can hold.
struct ConstraintTranslator {
  let structure: ResolvedStructure

  func statements() -> [Statement] {
    structure.members.flatMap { member -> [Statement] in
      let local = SwiftIdentifier.local(member.swiftName)
      let path = SwiftIdentifier.literal(member.pathName)
      var statements: [Statement] = []
      if member.isRequired, member.defaultValue == nil {
        statements.append(.line("if \(local) == nil { validation.missing(\(path)) }"))
      }
      if structure.isInput { statements += Self.checks(member.value, local, at: path) }
      return statements
    }
  }

  /// The checks of `value`; without a path they are about the element that the runtime is at.
  static func checks(_ value: ResolvedValue, _ name: String, at path: String?) -> [Statement] {
    value.constraints.map { .call(check($0, of: value, name, at: path)) } + elementChecks(value, name, at: path)
  }

  private static func check(
    _ constraint: ResolvedValue.Constraint, of value: ResolvedValue, _ name: String, at path: String?
  ) -> Call {
    let subject: [Call.Argument] = [.init(nil, name)]
    let place = place(path) + (value.isShownUnlessTold ? [.init("isSensitive", "true")] : [])
    return switch constraint {
    case .length(let bounds):
      Call("validation.check\(value.isSecretText ? "Text" : "")Length", subject + arguments(bounds) + place)
    case .range(let range): Call("validation.checkRange", subject + arguments(range, of: value) + place)
    case .pattern(let pattern):
      Call("validation.checkPattern", subject + [.init(nil, "ShapePatterns.\(pattern)")] + place)
    case .enumeration: Call("validation.checkEnumeration", subject + place)
    }
  }

  private static func arguments(_ bounds: Traits.Bounds) -> [Call.Argument] {
    [bounds.min.map { .init("min", "\($0)") }, bounds.max.map { .init("max", "\($0)") }].compactMap { $0 }
  }

  private static func arguments(_ range: Traits.Range, of value: ResolvedValue) -> [Call.Argument] {
    func bound(_ label: String, _ number: Double, _ rule: FloatingPointRoundingRule) -> Call.Argument? {
      guard case .integer = value.type else {
        return .init(label, Int(exactly: number).map(String.init) ?? "\(number)")
      }
      // What no integer can be beyond needs no check.
      return Int(exactly: number.rounded(rule)).map { .init(label, "\($0)") }
    }
    return [range.min.flatMap { bound("min", $0, .up) }, range.max.flatMap { bound("max", $0, .down) }]
      .compactMap { $0 }
  }

  private static func place(_ path: String?) -> [Call.Argument] { path.map { [.init("at", $0)] } ?? [] }

  private static func elementChecks(_ value: ResolvedValue, _ name: String, at path: String?) -> [Statement] {
    switch value.type {
    case .list(let element, _): each("checkElements", element, of: name, at: path, as: "element")
    case .map(let key, let element, _):
      each("checkKeys", key, of: name, at: path, as: "key")
        + each("checkValues", element, of: name, at: path, as: "value")
    default: []
    }
  }

  private static func each(
    _ function: String, _ value: ResolvedValue, of name: String, at path: String?, as element: String
  ) -> [Statement] {
    guard value.isConstrained else { return [] }
    let call = Call("validation.\(function)", [.init(nil, name)] + place(path))
    return [
      .block(
        head: ExpressionRenderer.oneLine(.call(call)), parameters: "validation, \(element)",
        body: checks(value, element, at: nil))
    ]
  }
}

extension ResolvedValue {
  /// Whether the value is sensitive but of a type that the runtime would show in messages.
  fileprivate var isShownUnlessTold: Bool {
    switch type {
    case .string, .blob: false
    default: isSensitive
    }
  }
}
