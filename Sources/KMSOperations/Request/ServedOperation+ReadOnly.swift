// Which operations change something, as the audit trail says of each request.

import AWSJSON
public import KMSModel

extension KMSOperation {
  /// Whether the operation changes nothing that the service keeps. Using a key, as in Decrypt, changes nothing.
  public var isReadOnly: Bool {
    switch self {
    case .cancelKeyDeletion, .connectCustomKeyStore, .createAlias, .createCustomKeyStore, .createGrant, .createKey,
      .deleteAlias, .deleteCustomKeyStore, .deleteImportedKeyMaterial, .disableKey, .disableKeyRotation,
      .disconnectCustomKeyStore, .enableKey, .enableKeyRotation, .importKeyMaterial, .putKeyPolicy, .replicateKey,
      .retireGrant, .revokeGrant, .rotateKeyOnDemand, .scheduleKeyDeletion, .tagResource, .untagResource,
      .updateAlias, .updateCustomKeyStore, .updateKeyDescription, .updatePrimaryRegion:
      false
    default: true
    }
  }
}

extension ServedOperation {
  /// Whether the operation changes nothing that the service keeps.
  static var isReadOnly: Bool { KMSOperation(rawValue: name)?.isReadOnly ?? false }
}
