// GetKeyRotationStatus: whether, how often and when next a key rotates by itself.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension GetKeyRotationStatus: KeyOperation {
  public static func perform(
    _ input: GetKeyRotationStatusInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GetKeyRotationStatusOutput {
    let key = authorized.resource.record
    try key.requireRotatable()
    if key.state == .pendingImport { throw .origin(key.arn, key.origin) }
    // The schedule of a key that is to be deleted rests, and is there again when the deletion is cancelled.
    let rests = key.state == .pendingDeletion || key.state == .pendingReplicaDeletion
    guard let schedule = key.rotation, !rests else {
      return GetKeyRotationStatusOutput(keyRotationEnabled: false, keyID: key.arn)
    }
    return GetKeyRotationStatusOutput(
      keyRotationEnabled: true, keyID: key.arn, rotationPeriodInDays: schedule.periodInDays,
      nextRotationDate: schedule.nextDate)
  }
}
