// The end of the trail as the store keeps it, so that records taken off the end are missed.

import SecureMemory

/// The last record that callers rely on.
///
/// As bytes: a version (1), the sequence number (8 bytes, big-endian), the link (32), the name of the record's file,
/// and a code (32) under a key derived from the audit key, without which no head can be made up.
struct AuditHead: Sendable {
  /// Where the chain ends.
  let position: ChainPosition
  /// The file that has the record.
  let file: AuditFileName

  private static let version: UInt8 = 1
  private static let fixedBytes = 1 + 8 + AuditChain.linkBytes

  /// The head with its code.
  func sealed(by chain: AuditChain) -> [UInt8] {
    var text = [Self.version]
    withUnsafeBytes(of: position.sequence.bigEndian) { text += $0 }
    text += position.link
    text += Array(file.description.utf8)
    return text + chain.headCode(text)
  }

  init(position: ChainPosition, file: AuditFileName) {
    self.position = position
    self.file = file
  }

  /// Reads a head; nil when it was not made under this key.
  init?(_ bytes: [UInt8], sealedBy chain: AuditChain) {
    let text = bytes.dropLast(AuditChain.linkBytes)
    guard text.count > Self.fixedBytes, text.first == Self.version,
      constantTimeEqual(Array(bytes.suffix(AuditChain.linkBytes)), chain.headCode(text)),
      let file = AuditFileName(String(decoding: text.dropFirst(Self.fixedBytes), as: UTF8.self))
    else { return nil }
    var sequence: UInt64 = 0
    for byte in text.dropFirst().prefix(8) { sequence = sequence << 8 | UInt64(byte) }
    position = ChainPosition(sequence: sequence, link: Array(text.dropFirst(9).prefix(AuditChain.linkBytes)))
    self.file = file
  }
}
