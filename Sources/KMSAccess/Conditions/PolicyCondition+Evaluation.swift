// Whether a condition holds in a request.

extension PolicyCondition {
  /// Whether the condition holds for a statement with this effect.
  ///
  /// The effect matters where the answer is open: an Allow may not come from it, and a Deny may not be avoided by it.
  func holds(under effect: PolicyStatement.Effect, _ values: some ConditionValues) -> Bool {
    let value = values.value(of: conditionKey).flatMap { $0.isPresent ? $0 : nil }
    if case .absences(let absences) = operand { return absences.contains(value == nil) }
    guard let value else { return holdsWithoutValue(under: effect, values) }
    guard case .strings(let texts) = value else { return holds(for: value, under: effect, values) }
    guard ConditionOperand.areComparable(texts) else { return effect == .deny }
    return mustHoldForAll(under: effect)
      ? texts.allSatisfy { holds(for: .string($0), under: effect, values) }
      : texts.contains { holds(for: .string($0), under: effect, values) }
  }

  /// Whether the condition must hold for every one of a key's values, or for one of them.
  ///
  /// Without a set operator the policy's author expects one value. Where a request has several, it is open which is
  /// meant: so an Allow needs all of them, and for a Deny one is enough.
  private func mustHoldForAll(under effect: PolicyStatement.Effect) -> Bool {
    switch qualifier {
    case .forAllValues: true
    case .forAnyValue: false
    case nil: effect == .allow
    }
  }

  private func holds(
    for value: ConditionValue, under effect: PolicyStatement.Effect, _ values: some ConditionValues
  ) -> Bool {
    let match = operand.match(value, values)
    if comparison.isNegated { return match.isRuledOut(under: effect) }
    switch match {
    case .matches: return true
    case .differs, .unresolved: return false
    // As if it were missing; but it does exist, so IfExists leaves it open.
    case .incomparable: return ifExists && effect == .deny
    case .excessive: return effect == .deny
    }
  }

  private func holdsWithoutValue(under effect: PolicyStatement.Effect, _ values: some ConditionValues) -> Bool {
    let holds =
      switch qualifier {
      case .forAllValues: true
      case .forAnyValue: ifExists
      case nil: ifExists || comparison.isNegated
      }
    // What a negated operator would have compared with is not known.
    return holds && comparison.isNegated && operand.isUnresolved(values) ? effect == .deny : holds
  }
}
