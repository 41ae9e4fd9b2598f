// GetKeyLastUsage: when, how and by which request a key was last used.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension GetKeyLastUsage: KeyOperation {
  public static func perform(
    _ input: GetKeyLastUsageInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GetKeyLastUsageOutput {
    let key = authorized.resource.record
    var usage = context.usage.lastUsage(of: key)
    if usage == nil {
      usage = try await context.keys.store.read { reader throws(Fault) in
        try reader.lastUsage(of: key.id, region: key.home.region)
      }
    }
    return GetKeyLastUsageOutput(
      keyID: key.arn, keyLastUsage: usage.map(KeyLastUsageData.init), trackingStartDate: key.creationDate,
      keyCreationDate: key.creationDate)
  }
}

extension KeyLastUsageData {
  fileprivate init(_ usage: KeyLastUsage) {
    self.init(
      operation: KeyLastUsageTrackingOperation(rawValue: usage.operation), timestamp: usage.date,
      kmsRequestID: usage.requestID)
  }
}
