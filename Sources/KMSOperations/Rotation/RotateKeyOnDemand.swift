// RotateKeyOnDemand: a key, and its replicas with it, gets fresh material now, or imported material that waits for it.

public import KMSAccess
public import KMSDomain
public import KMSModel
import struct FoundationEssentials.Date

extension RotateKeyOnDemand: KeyOperation {
  /// How long before an automatic rotation none is made on demand, in seconds.
  private static let automaticRotationMargin = 20.0 * 60

  public static func perform(
    _ input: RotateKeyOnDemandInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> RotateKeyOnDemandOutput {
    let now = context.now()
    let limit = context.quotas.onDemandRotationsPerKey
    try await context.keys.updateRelatives(of: authorized.resource) {
      [vault = context.keys.vault] keys, _ throws(Fault) in
      let key = keys[0]
      try key.requireRotatable()
      try StateRule.rotation.check(key)
      try key.requireNoReplica()
      guard key.onDemandRotationCount < limit else { throw .tooManyRotations(key.arn) }
      if let schedule = key.rotation, schedule.nextDate.timeIntervalSince(now) < automaticRotationMargin {
        throw .rotationConflict(key.arn)
      }
      try keys.rotate(.init(date: now, cause: .onDemand), vault)
    }
    return RotateKeyOnDemandOutput(keyID: authorized.resource.arn)
  }
}
