// What a request to STS says.

internal import AWSSigV4
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
    bytes.append(percentEncoded: value)
  }

  /// Overwrites the form.
  mutating func wipe() { SecretBytes.wipe(&bytes) }
}
