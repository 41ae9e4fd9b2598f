// The signature of a presigned request, read from its query.

/// The `X-Amz-…` parameters of a presigned request, taken apart but not believed.
struct PresignedQuery: Equatable {
  let accessKeyID: String
  let scope: CredentialScope
  let time: SigningTime
  /// Seconds after `time` for which the request may be used.
  let expiry: Int64
  let signedHeaders: String
  let signature: String
  let sessionToken: String?

  /// Reads the parameters of `target`; nil when the request is not presigned.
  init?(target: String) throws(SignatureError) {
    let values = try Self.values(in: target)
    guard Self.signs.contains(where: { values[$0] != nil }) else { return nil }
    guard let algorithm = values[.algorithm], let credential = values[.credential], let date = values[.date],
      let expires = values[.expires], let signedHeaders = values[.signedHeaders], let signature = values[.signature]
    else {
      let required = PresignedParameter.allCases.filter { $0 != .securityToken }
      throw .incompleteQuery(missing: required.filter { values[$0] == nil }.map(\.rawValue))
    }
    guard algorithm == AuthorizationHeader.algorithm else { throw .unsupportedAlgorithm }
    (accessKeyID, scope) = try credential.withBytes { bytes throws(SignatureError) in
      try AuthorizationHeader.readCredential(bytes, in: bytes.indices)
    }
    guard let time = SigningTime(timestamp: date) else { throw .malformedDate(date) }
    guard expires.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let expiry = Int(expires),
      PresignedParameter.validExpiry ~= expiry
    else { throw .malformedExpiry(expires) }
    self.time = time
    self.expiry = Int64(expiry)
    self.signedHeaders = signedHeaders
    self.signature = signature
    sessionToken = values[.securityToken]
  }

  /// The parameters any of which makes a request a presigned one.
  private static let signs: [PresignedParameter] = [.algorithm, .credential, .signature]

  /// Whether `target` carries a signature, if only an unreadable one.
  static func stands(in target: String) -> Bool {
    QueryParameter.parse(target: target).contains { parameter in
      signs.contains { $0.rawValue.utf8.elementsEqual(parameter.name) }
    }
  }

  private static func values(in target: String) throws(SignatureError) -> [PresignedParameter: String] {
    var values: [PresignedParameter: String] = [:]
    for parameter in QueryParameter.parse(target: target) {
      guard let known = PresignedParameter(rawValue: String(decoding: parameter.name, as: UTF8.self)) else { continue }
      guard values[known] == nil else { throw .repeatedPart(known.rawValue) }
      values[known] = String(decoding: parameter.value, as: UTF8.self)
    }
    return values
  }
}
