// Where the end of the trail is kept: away from the trail itself.

/// A place for one small value, such as a property of the store.
public protocol AuditHeadStore: Sendable {
  /// The value that was last saved; nil when there is none.
  func load() async throws -> [UInt8]?

  /// Replaces the value, durably, before it returns. It may block: only the trail's queue calls it.
  func save(_ head: [UInt8]) throws
}
