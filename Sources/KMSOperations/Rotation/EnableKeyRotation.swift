// EnableKeyRotation: a key, and its replicas with it, get fresh material every so many days.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension EnableKeyRotation: KeyOperation {
  public static func attributes(of input: EnableKeyRotationInput) -> RequestAttributes {
    var attributes = RequestAttributes()
    attributes[.rotationPeriodInDays] = .integer(
      Int64(input.rotationPeriodInDays ?? RotationSchedule.defaultPeriodInDays))
    return attributes
  }

  public static func perform(
    _ input: EnableKeyRotationInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> EnableKeyRotationOutput {
    let days = input.rotationPeriodInDays ?? RotationSchedule.defaultPeriodInDays
    let now = context.now()
    try await context.keys.updateRelatives(of: authorized.resource) { keys, _ throws(Fault) in
      try keys[0].requireAutomaticRotation()
      try StateRule.rotation.check(keys[0])
      try keys[0].requireNoReplica()
      // The same period again changes nothing; another one starts now.
      guard keys[0].rotation?.periodInDays != days else { return }
      for index in keys.indices { keys[index].setRotation(RotationSchedule(periodInDays: days, from: now)) }
    }
    return EnableKeyRotationOutput()
  }
}
