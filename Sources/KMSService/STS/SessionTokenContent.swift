// The bytes inside a session token.

import KMSAccess
import KMSDomain
import SecureMemory
import struct FoundationEssentials.Date

/// The binary form of a session.
///
/// A version byte, the secret with its length in one byte, and then every member in a fixed order: texts with their
/// length in two bytes, lists with their count in two bytes, times as whole seconds in eight, optional members behind a
/// byte that is 0 or 1. All numbers are big-endian.
enum SessionTokenContent {
  private static let version: UInt8 = 1

  /// A session with a text or a list too long for its length.
  struct TooLong: Error {}

  /// The bytes of a session.
  static func encode(_ session: OpenedSession) throws(TooLong) -> SecretBytes {
    var writer = Writer()
    try writer.text(session.accessKeyID)
    try writer.text(session.roleARN)
    try writer.text(session.roleID)
    try writer.text(session.sessionName)
    writer.time(session.issueTime)
    writer.time(session.expiry)
    try writer.optional(session.sessionPolicyText)
    try writer.list(session.tags) { (writer, tag) throws(TooLong) in
      try writer.text(tag.key)
      try writer.text(tag.value)
    }
    try writer.texts(session.transitiveTagKeys)
    try writer.optional(session.sourceIdentity)
    try writer.optional(session.federatedProvider)
    try writer.list(session.claims.sorted { $0.key < $1.key }) { (writer, claim) throws(TooLong) in
      try writer.text(claim.key)
      try writer.texts(claim.value)
    }
    let secret = session.secretAccessKey
    guard let secretCount = UInt8(exactly: secret.count) else { throw TooLong() }
    let rest = writer.bytes
    return SecretBytes(count: 2 + secret.count + rest.count) { buffer in
      buffer[0] = version
      buffer[1] = secretCount
      secret.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[2...]).copyMemory(from: $0) }
      UnsafeMutableRawBufferPointer(rebasing: buffer[(2 + secret.count)...]).copyBytes(from: rest)
    }
  }

  /// The session that the bytes stand for; nil for bytes of another version, or of none.
  static func decode(_ content: SecretBytes) -> OpenedSession? {
    content.withUnsafeBytes { bytes in
      var reader = Reader(rest: bytes[...])
      guard reader.byte() == version, let secretCount = reader.byte(), let secret = reader.take(Int(secretCount)),
        let accessKeyID = reader.text(), let roleARN = reader.text(), let roleID = reader.text(),
        let sessionName = reader.text(), let issueTime = reader.time(), let expiry = reader.time(),
        let policy = reader.optionalText(),
        let tags = reader.list({ reader -> Tag? in
          guard let key = reader.text(), let value = reader.text() else { return nil }
          return Tag(key: key, value: value)
        }),
        let transitiveTagKeys = reader.texts(), let sourceIdentity = reader.optionalText(),
        let federatedProvider = reader.optionalText(),
        let claims = reader.list({ reader -> (String, [String])? in
          guard let key = reader.text(), let values = reader.texts() else { return nil }
          return (key, values)
        }), reader.rest.isEmpty
      else { return nil }
      return try? OpenedSession(
        accessKeyID: accessKeyID, secretAccessKey: SecretBytes(copying: UnsafeRawBufferPointer(rebasing: secret)),
        roleARN: roleARN, roleID: roleID, sessionName: sessionName, issueTime: issueTime, expiry: expiry,
        sessionPolicyText: policy.text, tags: tags, transitiveTagKeys: transitiveTagKeys,
        sourceIdentity: sourceIdentity.text, federatedProvider: federatedProvider.text,
        claims: Dictionary(claims) { first, _ in first })
    }
  }

  // MARK: Writing

  private struct Writer {
    private(set) var bytes: [UInt8] = []

    mutating func text(_ text: String) throws(TooLong) {
      try count(text.utf8.count)
      bytes += text.utf8
    }

    mutating func optional(_ text: String?) throws(TooLong) {
      bytes.append(text == nil ? 0 : 1)
      if let text { try self.text(text) }
    }

    mutating func texts(_ texts: [String]) throws(TooLong) {
      try list(texts) { (writer, text) throws(TooLong) in try writer.text(text) }
    }

    mutating func list<Element>(
      _ elements: [Element], _ write: (inout Writer, Element) throws(TooLong) -> Void
    ) throws(TooLong) {
      try count(elements.count)
      for element in elements { try write(&self, element) }
    }

    mutating func time(_ time: Date) { append(UInt64(max(0, time.timeIntervalSince1970)), byteCount: 8) }

    private mutating func count(_ count: Int) throws(TooLong) {
      guard let count = UInt16(exactly: count) else { throw TooLong() }
      append(UInt64(count), byteCount: 2)
    }

    private mutating func append(_ number: UInt64, byteCount: Int) {
      for position in (0..<byteCount).reversed() { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * position))) }
    }
  }

  // MARK: Reading

  /// Walks over the bytes. Each step gives nil when there is too little left.
  private struct Reader {
    struct OptionalText {
      let text: String?
    }

    var rest: Slice<UnsafeRawBufferPointer>

    mutating func take(_ count: Int) -> Slice<UnsafeRawBufferPointer>? {
      guard rest.count >= count else { return nil }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func number(byteCount: Int) -> UInt64? {
      take(byteCount).map { bytes in bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    }

    mutating func text() -> String? {
      guard let count = number(byteCount: 2), let bytes = take(Int(count)) else { return nil }
      return String(validating: bytes, as: UTF8.self)
    }

    mutating func optionalText() -> OptionalText? {
      switch byte() {
      case 0: OptionalText(text: nil)
      case 1: text().map { OptionalText(text: $0) }
      default: nil
      }
    }

    mutating func texts() -> [String]? { list { reader -> String? in reader.text() } }

    mutating func list<Element>(_ read: (inout Reader) -> Element?) -> [Element]? {
      guard let count = number(byteCount: 2) else { return nil }
      var elements: [Element] = []
      for _ in 0..<count {
        guard let element = read(&self) else { return nil }
        elements.append(element)
      }
      return elements
    }

    mutating func time() -> Date? {
      number(byteCount: 8).map { Date(timeIntervalSince1970: Double($0)) }
    }
  }
}
