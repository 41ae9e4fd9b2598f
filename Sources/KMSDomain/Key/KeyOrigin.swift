// Where a key's material comes from, fixed when the key is made.

/// A key origin, by its KMS name.
public enum KeyOrigin: String, Hashable, Sendable, CaseIterable {
  /// Made by the service.
  case awsKMS = "AWS_KMS"
  /// Imported by the caller.
  case external = "EXTERNAL"
  /// Kept in a CloudHSM cluster.
  case awsCloudHSM = "AWS_CLOUDHSM"
  /// Kept behind an external key store's proxy.
  case externalKeyStore = "EXTERNAL_KEY_STORE"
}
