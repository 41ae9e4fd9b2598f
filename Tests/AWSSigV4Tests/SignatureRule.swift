// A rule of Signature Version 4 as a request that follows or breaks it, and what such requests are made with.

import SecureMemory
import Testing

@testable import AWSSigV4

/// A request, and what a service has to say to it.
struct SignatureRule: Sendable, CustomTestStringConvertible {
  let testDescription: String
  var now = KMSRequest.time
  let make: @Sendable () throws -> SignableRequest

  init(_ description: String, now offset: Int64 = 0, make: @escaping @Sendable () throws -> SignableRequest) {
    testDescription = description
    now = KMSRequest.time.advanced(bySeconds: offset)
    self.make = make
  }

  func verify() throws -> VerifiedSignature { try KMSRequest.verify(try make(), now: now) }
}

extension KMSRequest {
  static let temporary = Credentials(
    accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey, sessionToken: "a+b/c==")

  static func unsigned(adding headers: [(String, String)]) -> SignableRequest {
    var request = unsigned
    request.headers += headers.map { HeaderField(name: $0.0, value: $0.1) }
    return request
  }

  static func unsigned(host: String) -> SignableRequest { unsigned.changing("host") { _ in host } }

  static func unsigned(target: String) -> SignableRequest {
    var request = unsigned
    request.target = target
    return request
  }

  static func presigned(
    _ request: SignableRequest = unsigned, with credentials: Credentials = credentials, expiry: Int = 60
  ) throws -> SignableRequest {
    var request = request
    request.target = try signer.target(presigning: request, with: credentials, at: time, expiry: expiry)
    return request
  }
}

extension SignableRequest {
  func adding(_ name: String, _ value: String) -> SignableRequest {
    var copy = self
    copy.headers.append(HeaderField(name: name, value: value))
    return copy
  }

  /// With `old` in the `Authorization` header, or in the target of a presigned request, made `new`.
  func altering(_ old: String, _ new: String) -> SignableRequest {
    var copy = changing("authorization") { $0.replacing(old, with: new) }
    if !headers.contains(named: "authorization") { copy.target = target.replacing(old, with: new) }
    return copy
  }

  func retargeted(_ target: String) -> SignableRequest {
    var copy = self
    copy.target = target
    return copy
  }

  func with(body: String) -> SignableRequest {
    var copy = self
    copy.body = Array(body.utf8)
    return copy
  }
}
