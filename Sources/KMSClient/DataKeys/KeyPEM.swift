// Keys as PEM text (RFC 7468). A private key's text is as secret as the key, so it never becomes a String.

public import SecureMemory

/// Renders DER keys as PEM text: 64 characters a line, each line ended by a line feed.
public enum KeyPEM {
  /// The `PUBLIC KEY` text of SubjectPublicKeyInfo DER.
  public static func publicKey(subjectPublicKeyInfo der: [UInt8]) -> String {
    let frame = Frame(label: "PUBLIC KEY", contentCount: der.count)
    return String(unsafeUninitializedCapacity: frame.count) { text in
      der.withUnsafeBytes { frame.write($0, into: UnsafeMutableRawBufferPointer(text)) }
      return frame.count
    }
  }

  /// The `PRIVATE KEY` text, in ASCII, of PKCS#8 DER.
  ///
  /// The encoding takes no branch and reads no table that depends on the key.
  public static func privateKey(pkcs8: SecretBytes) -> SecretBytes {
    let frame = Frame(label: "PRIVATE KEY", contentCount: pkcs8.count)
    return SecretBytes(count: frame.count) { text in
      pkcs8.withUnsafeBytes { frame.write($0, into: text) }
    }
  }
}

/// The measures of one PEM text, and its writing.
private struct Frame {
  static let lineLength = 64

  let head: String
  let foot: String
  /// Bytes in the whole text.
  let count: Int

  init(label: String, contentCount: Int) {
    head = "-----BEGIN \(label)-----\n"
    foot = "-----END \(label)-----\n"
    let characters = (contentCount + 2) / 3 * 4
    let lineFeeds = (characters + Self.lineLength - 1) / Self.lineLength
    count = head.utf8.count + characters + lineFeeds + foot.utf8.count
  }

  /// Writes the text of `content`, which has the length that the frame was made for.
  func write(_ content: UnsafeRawBufferPointer, into text: UnsafeMutableRawBufferPointer) {
    var end = 0
    func append(_ byte: UInt8) {
      text[end] = byte
      end += 1
    }
    head.utf8.forEach(append)
    var column = 0
    for start in stride(from: 0, to: content.count, by: 3) {
      let group = content[start..<min(start + 3, content.count)]
      var bits: UInt32 = 0
      for byte in group { bits = bits << 8 | UInt32(byte) }
      bits <<= 8 * UInt32(3 - group.count)
      for index in 0..<4 {
        append(index <= group.count ? Self.character(bits >> UInt32(18 - 6 * index) & 63) : UInt8(ascii: "="))
      }
      column += 4
      if column == Self.lineLength || start + 3 >= content.count {
        append(UInt8(ascii: "\n"))
        column = 0
      }
    }
    foot.utf8.forEach(append)
  }

  /// The base64 character of six bits, by arithmetic: a table would tell a cache observer what was looked up.
  private static func character(_ bits: UInt32) -> UInt8 {
    let value = Int32(bits)
    var offset: Int32 = 0x41  // A-Z
    offset += (25 - value) >> 8 & 6  // a-z
    offset -= (51 - value) >> 8 & 75  // 0-9
    offset -= (61 - value) >> 8 & 15  // +
    offset += (62 - value) >> 8 & 3  // /
    return UInt8(truncatingIfNeeded: value + offset)
  }
}
