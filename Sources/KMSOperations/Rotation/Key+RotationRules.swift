// Which keys rotate.

import KMSDomain

extension Key {
  /// Refuses a key that cannot rotate: only symmetric keys whose material the service has do. KMS gives no text for
  /// the wrong spec.
  func requireRotatable() throws(Fault) {
    guard spec == .symmetricDefault else { throw .unsupported() }
    guard customKeyStoreID == nil else { throw .origin(arn, origin) }
  }

  /// Refuses a key that cannot rotate by itself: its material must be the service's own.
  func requireAutomaticRotation() throws(Fault) {
    try requireRotatable()
    guard origin == .awsKMS else { throw .origin(arn, origin) }
  }

  /// Refuses a replica: rotation is set on the primary.
  func requireNoReplica() throws(Fault) {
    if isReplica { throw .notPrimary(arn) }
  }
}
