// What a statement applies to: what it lists, or everything but that.

/// `Action` or `NotAction`, `Resource` or `NotResource`, `Principal` or `NotPrincipal`.
public enum PolicySelection<Element: Hashable & Sendable>: Hashable, Sendable {
  /// What matches one of these.
  case only([Element])
  /// What matches none of these.
  case allBut([Element])

  /// Whether something is selected; `matches` tells whether a listed element matches it.
  public func selects(where matches: (Element) -> Bool) -> Bool {
    switch self {
    case .only(let elements): elements.contains(where: matches)
    case .allBut(let elements): !elements.contains(where: matches)
    }
  }

  /// As ``selects(where:)``, for elements of which it may be unknown whether they match.
  func selects(under effect: PolicyStatement.Effect, _ match: (Element) -> PolicyMatch) -> Bool {
    switch self {
    case .only(let elements): PolicyMatch.any(of: elements, match) == .matches
    case .allBut(let elements): PolicyMatch.any(of: elements, match).isRuledOut(under: effect)
    }
  }
}
