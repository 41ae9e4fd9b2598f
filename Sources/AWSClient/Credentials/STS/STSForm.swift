// What a request to STS says.

internal import SecureMemory

/// The parameters of a request in the query protocol (`application/x-www-form-urlencoded`).
struct STSForm {
  /// The version of STS's API; there has been only one.
  private static let version = "2011-06-15"

  /// The action that is called.
  let action: String
  /// The form as it is sent. A web identity token in it is as good as a password, so its owner calls ``wipe()``.
  private(set) var bytes: [UInt8] = []

  /// Begins the form of `action`.
  ///
  /// - Parameter secretCount: how many bytes there will be that are secret. The form has room for them from the start,
  ///   because an array that grows leaves copies behind.
  init(action: String, secretCount: Int = 0) {
    self.action = action
    bytes.reserveCapacity(8192 + 3 * secretCount)
    append("Action", action)
    append("Version", Self.version)
  }

  /// Adds a parameter; none when there is no value.
  mutating func append(_ name: String, _ value: String?) {
    if let value { append(name, bytes: value.utf8) }
  }

  /// Adds a parameter with these bytes of UTF-8 as its value.
  mutating func append(_ name: String, bytes value: some Sequence<UInt8>) {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
    bytes += name.utf8
    bytes.append(UInt8(ascii: "="))
    for byte in value { append(encoded: byte) }
  }

  /// Overwrites the form.
  mutating func wipe() { SecretBytes.wipe(&bytes) }

  /// Adds a byte, percent-encoded unless RFC 3986 §2.3 calls it unreserved.
  private mutating func append(encoded byte: UInt8) {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      bytes.append(byte)
    default:
      bytes.append(UInt8(ascii: "%"))
      for digit in [byte >> 4, byte & 0x0F] {
        bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
      }
    }
  }
}
