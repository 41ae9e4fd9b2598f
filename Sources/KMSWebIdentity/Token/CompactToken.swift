// A token in compact form (RFC 7515 §7.1), taken apart but not believed.

import AWSJSON
import KMSAccess
import struct FoundationEssentials.Data

/// The parts of a JSON Web Token.
struct CompactToken: Sendable {
  /// The token as it came.
  let text: String
  /// The algorithm that its header names.
  let algorithm: SigningAlgorithm
  /// The key that its header names; nil when it names none.
  let keyID: String?
  /// What it claims.
  let claims: TokenClaims

  /// Takes a token apart, strictly: three parts in base64url without padding, JSON objects whose members are there once.
  init(_ text: String) throws(WebIdentityError) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Self.decode(parts[0]), let payload = Self.decode(parts[1]),
      Self.decode(parts[2]) != nil
    else { throw .malformed }
    self.text = text
    let fields = try Self.members(of: header)
    guard case .string(let name)? = fields["alg"] else { throw .malformed }
    guard let algorithm = SigningAlgorithm(rawValue: name) else { throw .unsupportedAlgorithm }
    // Something that must be understood and is not (RFC 7515 §4.1.11).
    guard fields["crit"] == nil else { throw .unsupportedAlgorithm }
    self.algorithm = algorithm
    switch fields["kid"] {
    case nil: keyID = nil
    case .string(let id)?: keyID = id
    default: throw .malformed
    }
    claims = try TokenClaims(try Self.members(of: payload))
  }

  /// The bytes of base64url (RFC 4648 §5) without padding; nil for anything else, and for other spellings of them.
  private static func decode(_ text: Substring.UTF8View) -> [UInt8]? {
    var standard: [UInt8] = []
    standard.reserveCapacity(text.count + 3)
    for byte in text {
      switch byte {
      case UInt8(ascii: "-"): standard.append(UInt8(ascii: "+"))
      case UInt8(ascii: "_"): standard.append(UInt8(ascii: "/"))
      case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
      default: standard.append(byte)
      }
    }
    while standard.count % 4 != 0 { standard.append(UInt8(ascii: "=")) }
    let padded = Data(standard)
    guard let bytes = Data(base64Encoded: padded), bytes.base64EncodedData() == padded else { return nil }
    return Array(bytes)
  }

  private static func members(of json: [UInt8]) throws(WebIdentityError) -> [String: JSONValue] {
    do {
      return try readMembers(of: json)
    } catch {
      throw .malformed
    }
  }

  private static func readMembers(of json: [UInt8]) throws(JSONError) -> [String: JSONValue] {
    var reader = JSONReader(json, maximumDepth: 32)
    var members: [String: JSONValue] = [:]
    try reader.beginObject()
    while let name = try reader.nextMember()?.string {
      guard members.updateValue(try reader.readDocument(), forKey: name) == nil else {
        throw .ambiguousName(offset: 0)
      }
    }
    try reader.finish()
    return members
  }
}
