// ScheduleKeyDeletion: the key goes after a waiting period, in which the deletion can be cancelled.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension ScheduleKeyDeletion: KeyOperation {
  /// The waiting periods that KMS accepts, in days. Its model allows more.
  static let windows = 7...30

  public static func check(_ input: ScheduleKeyDeletionInput) throws(Fault) {
    guard windows.contains(input.pendingWindowInDays ?? 30) else {
      throw .validation(
        "PendingWindowInDays must be between \(windows.lowerBound) and \(windows.upperBound) days.")
    }
  }

  public static func attributes(of input: ScheduleKeyDeletionInput) -> RequestAttributes {
    var attributes = RequestAttributes()
    attributes[.pendingWindowInDays] = .integer(Int64(input.pendingWindowInDays ?? 30))
    return attributes
  }

  public static func perform(
    _ input: ScheduleKeyDeletionInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ScheduleKeyDeletionOutput {
    let days = input.pendingWindowInDays ?? 30
    let now = context.now()
    let key = try await context.keys.update(authorized.resource) { key throws(Fault) in
      try StateRule.scheduleDeletion.check(key)
      key.scheduleDeletion(inDays: days, now: now)
    }
    return ScheduleKeyDeletionOutput(
      keyID: key.arn, keyState: KMSModel.KeyState(rawValue: key.state.rawValue), deletionDate: key.deletionDate,
      pendingWindowInDays: days)
  }
}
