// What an encryption context looks like to the message it is bound to.

internal import Crypto

/// The SHA-256 digest of an encryption context in a form that no other context has.
struct EncryptionContextDigest: Hashable, Sendable {
  let bytes: [UInt8]

  /// Names are sorted by their UTF-8 bytes, and every string has its length before it: two contexts never read alike,
  /// wherever their names end and their values begin.
  init(_ context: [String: String]) {
    // By their bytes, not by String's order, which takes canonically equivalent texts for equal.
    let pairs = context.map { (name: Array($0.key.utf8), value: Array($0.value.utf8)) }
      .sorted { $0.name.lexicographicallyPrecedes($1.name) }
    var encoded = Array(Self.label.utf8)
    EnvelopeFormat.append(UInt32(clamping: pairs.count), to: &encoded)
    for pair in pairs {
      for text in [pair.name, pair.value] {
        EnvelopeFormat.append(UInt32(clamping: text.count), to: &encoded)
        encoded += text
      }
    }
    bytes = Array(SHA256.hash(data: encoded))
  }

  private static let label = "keywright envelope v1 encryption context"
}
