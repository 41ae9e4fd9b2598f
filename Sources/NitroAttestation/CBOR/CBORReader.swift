// Reads the deterministic subset of CBOR, within limits.

/// Reads one CBOR data item of RFC 8949's deterministic subset (section 4.2.1), except that the order of a map's keys
/// is free: the Nitro device does not sort them.
///
/// Lengths are definite, numbers are in their shortest form, texts are UTF-8, keys are unique. Whatever is declared
/// is compared with what is left of the input before anything is allocated, and both the nesting and the number of
/// items are limited, so the work is proportional to the input.
struct CBORReader: ~Copyable {
  /// How much an input may hold.
  struct Limits: Hashable, Sendable {
    /// How many arrays, maps and tags may stand inside each other.
    var depth: Int
    /// How many items there may be in all, keys of maps included.
    var items: Int

    /// Limits for inputs with at most `items` items, nested at most `depth` deep.
    init(depth: Int = 8, items: Int = 512) {
      self.depth = depth
      self.items = items
    }
  }

  private let input: [UInt8]
  private var position = 0
  private var depthLeft: Int
  private var itemsLeft: Int

  private init(_ input: [UInt8], limits: Limits) {
    self.input = input
    depthLeft = limits.depth
    itemsLeft = limits.items
  }

  /// The item that `input` is, all of it.
  static func read(_ input: [UInt8], limits: Limits = Limits()) throws(CBORError) -> CBORValue {
    var reader = CBORReader(input, limits: limits)
    let value = try reader.readItem()
    guard reader.position == input.count else { throw .trailingBytes }
    return value
  }

  private mutating func readItem() throws(CBORError) -> CBORValue {
    guard itemsLeft > 0 else { throw .tooManyItems }
    itemsLeft -= 1
    let first = try readByte()
    if first >> 5 == 7 { return try Self.simpleValue(first) }
    let argument = try readArgument(first & 0x1F)
    switch first >> 5 {
    case 0: return .unsigned(argument)
    case 1: return .negative(argument)
    case 2: return .bytes([UInt8](try readBytes(argument)))
    case 3:
      guard let text = String(validating: try readBytes(argument), as: UTF8.self) else { throw .notUTF8 }
      return .text(text)
    default:
      guard depthLeft > 0 else { throw .tooDeep }
      depthLeft -= 1
      defer { depthLeft += 1 }
      switch first >> 5 {
      case 4: return try readArray(count: argument)
      case 5: return try readMap(count: argument)
      default: return .tagged(argument, try readItem())
      }
    }
  }

  private mutating func readArray(count: UInt64) throws(CBORError) -> CBORValue {
    let count = try expectItems(count, bytesEach: 1)
    var items: [CBORValue] = []
    items.reserveCapacity(count)
    for _ in 0..<count { items.append(try readItem()) }
    return .array(items)
  }

  private mutating func readMap(count: UInt64) throws(CBORError) -> CBORValue {
    let count = try expectItems(count, bytesEach: 2)
    var map = CBORMap()
    for _ in 0..<count {
      guard let key = CBORKey(try readItem()) else { throw .unsupportedKey }
      guard map[key] == nil else { throw .duplicateKey }
      map[key] = try readItem()
    }
    return .map(map)
  }

  /// A declared number of items, after a look at whether that many can follow: each takes `bytesEach` bytes at least.
  private func expectItems(_ count: UInt64, bytesEach: UInt64) throws(CBORError) -> Int {
    guard count <= UInt64(input.count - position) / bytesEach else { throw .truncated }
    guard count <= UInt64(max(itemsLeft, 0)) else { throw .tooManyItems }
    return Int(count)
  }

  private mutating func readByte() throws(CBORError) -> UInt8 {
    guard position < input.count else { throw .truncated }
    defer { position += 1 }
    return input[position]
  }

  private mutating func readBytes(_ count: UInt64) throws(CBORError) -> ArraySlice<UInt8> {
    guard count <= UInt64(input.count - position) else { throw .truncated }
    let start = position
    position += Int(count)
    return input[start..<position]
  }

  /// The number, length or tag that an item's first byte announces, which must be in its shortest form.
  private mutating func readArgument(_ information: UInt8) throws(CBORError) -> UInt64 {
    let width: Int
    switch information {
    case 0..<24: return UInt64(information)
    case 24: width = 1
    case 25: width = 2
    case 26: width = 4
    case 27: width = 8
    case 31: throw .indefiniteLength
    default: throw .reserved
    }
    var argument: UInt64 = 0
    for byte in try readBytes(UInt64(width)) { argument = argument << 8 | UInt64(byte) }
    // The least number that needs this width: 24, 2^8, 2^16 and 2^32.
    let least: UInt64 = width == 1 ? 24 : 1 << UInt64(width * 4)
    guard argument >= least else { throw .notShortest }
    return argument
  }

  private static func simpleValue(_ first: UInt8) throws(CBORError) -> CBORValue {
    switch first & 0x1F {
    case 20: return .boolean(false)
    case 21: return .boolean(true)
    case 22: return .null
    case 28...30: throw .reserved
    case 31: throw .indefiniteLength
    default: throw .unsupportedValue
    }
  }
}
