// EnableKey: a disabled key becomes usable again.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension EnableKey: KeyOperation {
  public static func perform(
    _ input: EnableKeyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> EnableKeyOutput {
    let now = context.now()
    try await context.keys.updateRelatives(of: authorized.resource) {
      [vault = context.keys.vault] keys, _ throws(Fault) in
      try StateRule.enablement.check(keys[0])
      keys[0].enable()
      // A rotation that fell due while the key was disabled is made up for at once.
      if keys[0].isRotationDue(now: now) { try keys.rotate(.init(date: now, cause: .automatic), vault) }
    }
    return EnableKeyOutput()
  }
}
