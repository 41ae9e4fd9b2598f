// Fields of a form: what the query protocol is written in.

/// The named values of a form body or of a query, each name once.
struct FormFields: Sendable {
  /// The most fields that a form may have: 50 tags, their keys again, and everything else twice over.
  static let maximumCount = 256

  private var values: [String: String] = [:]

  /// Why a form cannot be read.
  enum Malformation: Error, Hashable, Sendable {
    /// A `%` without two hexadecimal digits behind it, or bytes that are no UTF-8.
    case encoding
    /// A field that is there twice.
    case repeated
    /// More fields than ``maximumCount``.
    case tooMany
  }

  /// Reads a form body, in which `+` is a space (`application/x-www-form-urlencoded`).
  init(form: [UInt8]) throws(Malformation) {
    try self.init(form[...], plusIsSpace: true)
  }

  /// Reads the query of a request target as its signature is computed: `+` is itself. The parameters of the signature
  /// are left out.
  init(queryOf target: String) throws(Malformation) {
    let bytes = Array(target.utf8)
    let mark = bytes.firstIndex(of: UInt8(ascii: "?"))
    try self.init(mark.map { bytes[($0 + 1)...] } ?? [], plusIsSpace: false)
    values = values.filter { !$0.key.hasPrefix("X-Amz-") }
  }

  private init(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) throws(Malformation) {
    var count = 0
    // One part more than are allowed is enough to know that there are too many.
    for field in bytes.split(separator: UInt8(ascii: "&"), maxSplits: 4 * Self.maximumCount) {
      count += 1
      guard count <= Self.maximumCount else { throw .tooMany }
      let equals = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
      let name = try Self.decode(field[..<equals], plusIsSpace)
      let value = try Self.decode(field[equals...].dropFirst(), plusIsSpace)
      guard values.updateValue(value, forKey: name) == nil else { throw .repeated }
    }
  }

  /// The value of a field; nil when it is not there.
  subscript(name: String) -> String? { values[name] }

  /// The numbers of the members of a list, `NAME.member.1` or `NAME.member.1.Key`, in order.
  ///
  /// - Throws: when a field's name begins like that and does not go on like that.
  func members(of list: String) throws(Malformation) -> [Int] {
    var numbers: Set<Int> = []
    for name in values.keys where name.hasPrefix(list + ".") {
      let parts = name.dropFirst(list.utf8.count + 1).split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count >= 2, parts[0] == "member", let number = Int(parts[1]), number > 0, String(number) == parts[1]
      else { throw .encoding }
      numbers.insert(number)
    }
    return numbers.sorted()
  }

  /// Whether there is a field of this name or a member of a list of this name.
  func has(_ name: String) -> Bool {
    values.keys.contains { $0 == name || $0.hasPrefix(name + ".") }
  }

  // MARK: Decoding

  private static func decode(_ text: ArraySlice<UInt8>, _ plusIsSpace: Bool) throws(Malformation) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
          throw .encoding
        }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .encoding }
    return text
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
