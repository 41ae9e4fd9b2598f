// What every store must do, as checks that any test framework can run.

public import KMSDomain

/// The conformance suite of `Store`.
///
/// With Swift Testing, for each backend:
/// ```swift
/// @Test(arguments: StoreConformance.checks) func conforms(_ check: StoreConformance.Check) async throws {
///   let place = try makeAnEmptyPlace()
///   try await check.run { try SQLiteStore(directory: place.path) }
/// }
/// ```
public enum StoreConformance {
  /// Opens the store under test: an empty one at first, and the same again after it was closed.
  public typealias Opener = @Sendable () async throws -> any Store

  /// One property of a store.
  public struct Check: Sendable, CustomStringConvertible {
    /// What must hold.
    public let description: String
    /// Whether the store is closed and opened again, which one in memory does not outlive.
    public let reopens: Bool
    private let body: @Sendable (Opener) async throws -> Void

    /// A check that opens and closes the store itself.
    static func reopening(_ description: String, _ body: @escaping @Sendable (Opener) async throws -> Void) -> Check {
      Check(description: description, reopens: true, body: body)
    }

    private init(description: String, reopens: Bool, body: @escaping @Sendable (Opener) async throws -> Void) {
      self.description = description
      self.reopens = reopens
      self.body = body
    }

    /// A check of an open store.
    init(_ description: String, _ body: @escaping @Sendable (any Store) async throws -> Void) {
      self.description = description
      reopens = false
      self.body = { open in
        let store = try await open()
        do {
          try await body(store)
        } catch {
          await store.close()
          throw error
        }
        await store.close()
      }
    }

    /// Runs the check on an empty store of its own.
    ///
    /// - Throws: ``Nonconformity`` when the property does not hold, or what the store throws.
    public func run(_ open: Opener) async throws {
      try await body(open)
    }
  }

  /// Every check, in no order that matters.
  public static let checks: [Check] =
    keyChecks + materialChecks + keyListingChecks + keyCountChecks + lastUsageChecks + relatedKeyChecks
    + deletionChecks + dueRotationChecks + expiryChecks + aliasChecks + aliasListingChecks + grantChecks
    + grantListingChecks + customKeyStoreChecks + principalChecks + accessKeyChecks + identityRevisionChecks
    + propertyChecks + transactionChecks + concurrencyChecks + durabilityChecks
}
