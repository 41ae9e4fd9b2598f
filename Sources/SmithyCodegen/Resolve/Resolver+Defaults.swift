// Reading the values of the default trait by the types of their members.

internal import AWSJSON

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension Resolver {
  /// The default of a member of this type.
  ///
  /// - Throws: ``Refusal`` when `node` is no value of the type.
  func defaultValue(
    _ node: JSONNode, of value: ResolvedValue, target: ShapeID, subject: String
  ) throws(Refusal) -> ResolvedDefault {
    switch (value.type, node) {
    case (.string, .string(let text)): return .text(text)
    case (.boolean, .bool(let value)): return .boolean(value)
    case (.float, .number(let number)), (.double, .number(let number)): return .number(number)
    case (.list, .array(let elements)) where elements.isEmpty: return .emptyList
    case (.map, .object(let members)) where members.isEmpty: return .emptyMap
    case (.document, _): return .document(node)
    case (.timestamp, .number(let seconds)): return .seconds(seconds)
    case (.timestamp, .string(let text)): if let seconds = Self.seconds(text) { return .seconds(seconds) }
    case (.blob, .string(let text)): if let bytes = Self.bytes(text) { return .bytes(bytes) }
    case (.integer, .number), (.number, .number), (.integer, .wideInteger), (.number, .wideInteger):
      if let integer = node.integer { return .integer(integer) }
    case (.enumeration, .string(let text)):
      let known = try enumeration(target)?.cases.first { $0.wireName == text }
      return known.map { .enumeration($0.swiftName) } ?? .unlistedText(text)
    case (.intEnumeration, .number):
      guard let integer = node.integer else { break }
      let known = try intEnumeration(target)?.cases.first { $0.value == integer }
      return known.map { .enumeration($0.swiftName) } ?? .unlistedInteger(integer)
    default: break
    }
    throw Refusal(subject, "has a default that is no value of its type")
  }

  private static func seconds(_ text: String) -> Double? {
    guard var reader = reader(text), let date = try? reader.readTimestamp(.dateTime) else { return nil }
    return date.timeIntervalSince1970
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    guard var reader = reader(text) else { return nil }
    return try? reader.readBlob()
  }

  /// A reader in front of `text` as a JSON string; nil where the text would need escapes, which no such value has.
  private static func reader(_ text: String) -> JSONReader? {
    guard text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
    else { return nil }
    return JSONReader(Array("\"\(text)\"".utf8))
  }
}
