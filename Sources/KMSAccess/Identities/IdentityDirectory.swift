// Who there is at this moment.

import Synchronization

/// Holds the ``IdentitySet`` in force. A request asks for it once and goes by it to its end.
public final class IdentityDirectory: Sendable {
  private let inForce: Mutex<IdentitySet>

  /// A directory that starts with `identities`.
  public init(_ identities: IdentitySet) {
    inForce = Mutex(identities)
  }

  /// The set in force.
  public var current: IdentitySet { inForce.withLock { $0 } }

  /// Puts another set in force, whole, for requests that come from now on.
  public func replace(with identities: IdentitySet) {
    // Kept until the lock is free again: what the last set held is not freed under it.
    let last = inForce.withLock { inForce in
      let last = inForce
      inForce = identities
      return last
    }
    withExtendedLifetime(last) {}
  }
}
