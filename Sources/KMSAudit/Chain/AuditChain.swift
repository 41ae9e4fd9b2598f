// The keyed hash that ties each record to all before it.

import Crypto
import Foundation
import SecureMemory

/// Computes the links of the chain, and vouches for its end.
///
/// The link of a record is HMAC-SHA-256, under the audit key, over the link before it (32 zero bytes before the first
/// record), the record's sequence number as 8 bytes, big-endian, and the record's own bytes up to the `,"keywright"`
/// that carries the link.
struct AuditChain: Sendable {
  /// How many bytes a link has.
  static let linkBytes = 32
  /// What stands in place of a link before the first record.
  static let origin = [UInt8](repeating: 0, count: linkBytes)

  /// What stands in place of a link before the first record of a trail whose predecessor was lost. Nobody without the
  /// key can make up a trail that begins otherwise than it did.
  let originAfterLoss: [UInt8]

  private let recordKey: SymmetricKey
  private let headKey: SymmetricKey

  /// A chain under the audit key.
  init(key: SecretBytes) {
    recordKey = key.withUnsafeBytes { SymmetricKey(data: $0) }
    headKey = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: recordKey, info: Array("keywright audit head".utf8), outputByteCount: 32)
    originAfterLoss = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: recordKey, info: Array("keywright audit trail after a lost one".utf8),
      outputByteCount: Self.linkBytes
    ).withUnsafeBytes { Array($0) }
  }

  /// The link of a record: `content` is its line up to `,"keywright"`.
  func link(after previous: [UInt8], sequence: UInt64, content: some DataProtocol) -> [UInt8] {
    var code = HMAC<SHA256>(key: recordKey)
    code.update(data: previous)
    withUnsafeBytes(of: sequence.bigEndian) { code.update(data: $0) }
    code.update(data: content)
    return Array(code.finalize())
  }

  /// The authentication code of a head's text.
  func headCode(_ text: some DataProtocol) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: text, using: headKey))
  }
}
