// DER and BER written by hand, for private keys that no library writes.

/// An element of BER.
enum BER {
  /// Definite, in the shortest form: DER.
  static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    var length: [UInt8] = []
    if content.count < 0x80 {
      length = [UInt8(content.count)]
    } else {
      var rest = content.count
      while rest > 0 {
        length.insert(UInt8(rest & 0xFF), at: 0)
        rest >>= 8
      }
      length.insert(0x80 | UInt8(length.count), at: 0)
    }
    return [tag] + length + content
  }

  static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(0x30, parts.flatMap { $0 }) }
  static func integer(_ bytes: [UInt8]) -> [UInt8] { element(0x02, bytes) }
  static func octets(_ bytes: [UInt8]) -> [UInt8] { element(0x04, bytes) }
  static func bits(_ bytes: [UInt8]) -> [UInt8] { element(0x03, [0] + bytes) }
  static func identifier(_ bytes: [UInt8]) -> [UInt8] { element(0x06, bytes) }

  /// Definite, but longer than it need be.
  static func long(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    [tag, 0x84, 0, 0, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
  }

  /// Ended by itself.
  static func indefinite(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag, 0x80] + content + [0, 0] }
}
