// CMS EnvelopedData for one recipient, as far as KMS uses it.

/// What an envelope holds: EnvelopedData of RFC 5652 section 6.1 with one KeyTransRecipientInfo.
struct EnvelopedData: Hashable, Sendable {
  /// Which key it is for, in the words of whoever made it.
  let subjectKeyIdentifier: [UInt8]
  /// The content key, encrypted to the recipient.
  let encryptedKey: [UInt8]
  /// Of AES-CBC: 16 bytes.
  let initializationVector: [UInt8]
  /// The padded content, encrypted: one or more whole blocks of 16 bytes.
  let encryptedContent: [UInt8]

  static let blockSize = 16
  /// EnvelopedData is of version 2 because the recipient is named by its key's identifier, and that one for the same
  /// reason (RFC 5652 sections 6.1 and 6.2.1).
  static let version = 2
}
