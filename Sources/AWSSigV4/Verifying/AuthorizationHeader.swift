// The `Authorization` header of a signed request, read and written.

internal import Crypto

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`, taken apart but not believed.
public struct AuthorizationHeader: Sendable, Equatable {
  /// The one algorithm there is.
  public static let algorithm = "AWS4-HMAC-SHA256"

  /// The access key that claims to have signed.
  public let accessKeyID: String
  /// The scope of the signing key.
  public let scope: CredentialScope
  /// The names of the signed headers, as listed.
  public let signedHeaders: String
  /// The signature, as given.
  public let signature: String

  /// Reads a header's value. The three parts may come in any order, separated by commas with or without spaces;
  /// parts of other names are ignored.
  public init(parsing value: String) throws(SignatureError) {
    try self.init(parsing: value, alsoMissing: [])
  }

  /// Finds and reads the header among `headers`.
  ///
  /// - Throws: ``SignatureError/missingAuthenticationToken`` when there is none.
  public init(in headers: [HeaderField]) throws(SignatureError) {
    guard let value = try Self.find(in: headers) else { throw .missingAuthenticationToken }
    try self.init(parsing: value)
  }

  init(accessKeyID: String, scope: CredentialScope, signedHeaders: String, signature: String) {
    self.accessKeyID = accessKeyID
    self.scope = scope
    self.signedHeaders = signedHeaders
    self.signature = signature
  }

  /// Reads a header's value; `alsoMissing` joins the parts reported missing.
  init(parsing value: String, alsoMissing: MissingParts) throws(SignatureError) {
    self = try value.withBytes { bytes throws(SignatureError) in
      let parts = try Parts(bytes, of: value)
      var missing = alsoMissing
      if parts.credential == nil { missing.insert(.credential) }
      if parts.signature == nil { missing.insert(.signature) }
      if parts.signedHeaders == nil { missing.insert(.signedHeaders) }
      guard missing.isEmpty, let credential = parts.credential, let signature = parts.signature,
        let signedHeaders = parts.signedHeaders
      else { throw .incompleteHeader(missing: missing) }
      let (accessKeyID, scope) = try Self.readCredential(bytes, in: credential)
      return AuthorizationHeader(
        accessKeyID: accessKeyID, scope: scope, signedHeaders: String(bytes, in: signedHeaders),
        signature: String(bytes, in: signature))
    }
  }

  /// The value as a client sends it.
  var value: String {
    "\(Self.algorithm) Credential=\(accessKeyID)/\(scope), SignedHeaders=\(signedHeaders), Signature=\(signature)"
  }

  /// The value of the only `Authorization` field; nil when there is none.
  static func find(in headers: [HeaderField]) throws(SignatureError) -> String? {
    var found: String?
    for field in headers where field.isNamed("authorization") {
      guard found == nil else { throw .repeatedPart("Authorization") }
      found = field.value
    }
    return found
  }

  /// Reads `access key id/date/region/service/terminator`.
  static func readCredential(
    _ bytes: Span<UInt8>, in range: Range<Int>
  ) throws(SignatureError) -> (accessKeyID: String, scope: CredentialScope) {
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/"), in: range), slash > range.lowerBound,
      let scope = CredentialScope(bytes, in: slash + 1..<range.upperBound)
    else { throw .malformedCredential(String(bytes, in: range)) }
    for index in range.lowerBound..<slash where !(0x21...0x7E ~= bytes[index]) {
      throw .malformedCredential(String(bytes, in: range))
    }
    return (String(bytes, in: range.lowerBound..<slash), scope)
  }
}

/// Where the parts of a header's value stand. A part without a value counts as missing.
private struct Parts {
  var credential: Range<Int>?
  var signature: Range<Int>?
  var signedHeaders: Range<Int>?

  init(_ bytes: Span<UInt8>, of value: String) throws(SignatureError) {
    let whole = bytes.trimmed(bytes.indices)
    let schemeEnd = bytes.firstIndex(of: UInt8(ascii: " "), in: whole) ?? whole.upperBound
    let scheme = whole.lowerBound..<schemeEnd
    guard scheme.isEmpty || bytes.matches(AuthorizationHeader.algorithm, in: scheme) else {
      throw .unsupportedAlgorithm
    }
    var start = schemeEnd
    while start < whole.upperBound {
      let end = bytes.firstIndex(of: UInt8(ascii: ","), in: start..<whole.upperBound) ?? whole.upperBound
      let pair = bytes.trimmed(start..<end)
      guard let equals = bytes.firstIndex(of: UInt8(ascii: "="), in: pair) else {
        throw .malformedAuthorization(headerHash: Self.hash(of: value))
      }
      try take(pair.lowerBound..<equals, equals + 1..<pair.upperBound, bytes)
      start = end + 1
    }
  }

  private mutating func take(
    _ key: Range<Int>, _ value: Range<Int>, _ bytes: Span<UInt8>
  ) throws(SignatureError) {
    guard !value.isEmpty else { return }
    if bytes.matches("Credential", in: key) {
      try Self.set(&credential, to: value, name: "Credential")
    } else if bytes.matches("SignedHeaders", in: key) {
      try Self.set(&signedHeaders, to: value, name: "SignedHeaders")
    } else if bytes.matches("Signature", in: key) {
      try Self.set(&signature, to: value, name: "Signature")
    }
  }

  private static func set(
    _ part: inout Range<Int>?, to value: Range<Int>, name: String
  ) throws(SignatureError) {
    guard part == nil else { throw .repeatedPart(name) }
    part = value
  }

  /// SHA-256 in base64: lets two sides compare a header that must not be repeated in an error text.
  private static func hash(of value: String) -> String {
    Data(SHA256.digest(of: Array(value.utf8))).base64EncodedString()
  }
}
