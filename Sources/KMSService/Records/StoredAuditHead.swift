// Where the end of the audit trail is kept: in the store, away from the trail's files.

public import KMSAudit
public import KMSDomain

/// The head of the audit trail as a property of the store.
public struct StoredAuditHead: AuditHeadStore {
  private static let propertyName = "audit-head"

  private let store: any Store

  /// Keeps the head in `store`.
  public init(store: any Store) {
    self.store = store
  }

  /// The head that was saved last; nil when none ever was.
  public func load() async throws -> [UInt8]? {
    do {
      return try await store.read { reader throws(Fault) in try reader.property(Self.propertyName) }
    } catch {
      throw error.cause ?? error
    }
  }

  /// Replaces the head. It is durable when this returns.
  public func save(_ head: [UInt8]) throws {
    do {
      try store.writeAndWait { transaction throws(Fault) in
        try transaction.setProperty(Self.propertyName, to: head)
      }
    } catch {
      throw error.cause ?? error
    }
  }
}
