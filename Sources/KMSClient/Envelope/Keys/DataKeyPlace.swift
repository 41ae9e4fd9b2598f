// What two uses of a data key must have in common to share it.

/// The place of a data key in a ``DataKeyCache``.
struct DataKeyPlace: Hashable, Sendable {
  /// Who asked. Other clients may have other credentials, and be permitted other things.
  ///
  /// Kept alive by the place, so that no later client can be taken for it.
  let client: KMSClient
  /// The key as it was named to KMS.
  let keyID: String
  /// What else may have been the reason for the permission.
  let grantTokens: [String]
  let context: EncryptionContextDigest
  /// The digest of the wrapped key that was opened; nil for a data key to seal with.
  let wrappedKey: [UInt8]?

  static func == (left: DataKeyPlace, right: DataKeyPlace) -> Bool {
    left.client === right.client && left.keyID == right.keyID && left.grantTokens == right.grantTokens
      && left.context == right.context && left.wrappedKey == right.wrappedKey
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(client))
    hasher.combine(keyID)
    hasher.combine(grantTokens)
    hasher.combine(context)
    hasher.combine(wrappedKey)
  }
}
