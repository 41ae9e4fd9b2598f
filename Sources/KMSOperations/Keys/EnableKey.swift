// EnableKey: a disabled key becomes usable again.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension EnableKey: KeyOperation {
  public static func resolve(
    _ input: EnableKeyInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> ActiveKey {
    try await context.key(identifiedBy: input.keyID, for: caller, to: name)
  }

  public static func perform(
    _ input: EnableKeyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> EnableKeyOutput {
    let key = try await context.keys.update(authorized.resource) { key throws(Fault) in
      try StateRule.enablement.check(key)
      key.enable()
    }
    // A rotation that fell due while the key was disabled is made up for at once.
    let now = context.now()
    if let schedule = key.rotation, schedule.nextDate <= now { _ = try await context.keys.rotateDueKeys(now: now) }
    return EnableKeyOutput()
  }
}
