// What comparing with a policy's value can say.

/// How something compares with a value of a policy, or with several.
enum PolicyMatch: Hashable, Sendable {
  /// It matches.
  case matches
  /// It does not.
  case differs
  /// The value has a policy variable for which the request has nothing: it matches nothing, but that it differs is not
  /// known either.
  case unresolved
  /// The request's side is not of the kind that is compared, such as a number that is none.
  case incomparable
  /// The request's side is too long to be compared with everything that a policy may hold.
  case excessive

  /// How something compares with a list, of which one element is enough.
  static func any<Element>(of elements: [Element], _ match: (Element) -> PolicyMatch) -> PolicyMatch {
    var result = PolicyMatch.differs
    for element in elements {
      switch match(element) {
      case .matches: return .matches
      case .differs: break
      case .unresolved: result = .unresolved
      case .incomparable: return .incomparable
      case .excessive: return .excessive
      }
    }
    return result
  }

  /// Whether a negated element, such as NotResource or StringNotEquals, is fulfilled.
  ///
  /// Where it cannot be known, an Allow may not come from it, and a Deny may not be avoided by it.
  func isRuledOut(under effect: PolicyStatement.Effect) -> Bool {
    switch self {
    case .matches: false
    case .differs: true
    case .unresolved, .incomparable, .excessive: effect == .deny
    }
  }
}
