// Whose messages are opened.

/// The KMS keys whose messages an ``EnvelopeEncryptor`` opens.
///
/// Whoever may encrypt under some KMS key can make a message that opens with it. Accepting only keys one knows is what
/// makes an opened message come from somebody who may use them.
public enum AcceptedKeys: Hashable, Sendable {
  /// Only the encryptor's own key. KMS enforces it: the key is named in every `Decrypt`.
  case own
  /// Only the keys with these ARNs. The message's must be among them, and is named in `Decrypt`.
  case listed(Set<String>)
  /// Whatever key the message names, of any account: discovery. `Decrypt` is held to that key.
  ///
  /// The account of that key sees the call in its audit trail: who opens the message, and with what encryption context.
  case anyKey
}
