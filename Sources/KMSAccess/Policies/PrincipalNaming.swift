// How all principals of a statement together name a caller.

/// The ways in which a statement is about a caller, if it is.
struct PrincipalNaming {
  /// How the caller itself is named: in the strongest way.
  private(set) var direct: PrincipalMatch?
  /// Whether the caller's account is named.
  private(set) var account = false

  /// Whether the statement is about the caller in any way.
  var isGiven: Bool { direct != nil || account }

  /// Looks for `caller` among a statement's principals.
  init(_ principals: PolicySelection<PolicyPrincipal>, _ caller: PolicyCaller, under effect: PolicyStatement.Effect) {
    switch principals {
    case .only(let named):
      for principal in named { add(principal.match(caller)) }
    case .allBut(let excepted):
      guard !excepted.contains(where: { Self.excepts($0.match(caller), under: effect) }) else { return }
      // Nobody can say that a caller of an unknown kind is not one of those excepted.
      let isKnown = caller.principal != nil || !excepted.contains { $0.isOne(of: caller.account) }
      if isKnown || effect == .deny { direct = .anyone }
    }
  }

  /// Whether a principal of NotPrincipal that matches so takes the caller out of the statement.
  ///
  /// A Deny spares only whom it names: a user or a session that is not listed itself is denied even if its account or
  /// its role is. An Allow is given to nobody who is listed in any way.
  private static func excepts(_ match: PolicyPrincipal.Match, under effect: PolicyStatement.Effect) -> Bool {
    switch match {
    case .none: false
    case .account: effect == .allow
    case .direct(let way): effect == .allow || way.isUnlimited
    }
  }

  private mutating func add(_ match: PolicyPrincipal.Match) {
    switch match {
    case .none: break
    case .account: account = true
    case .direct(let way):
      if way == .root { account = true }
      if direct?.isUnlimited != true { direct = way }
    }
  }
}
