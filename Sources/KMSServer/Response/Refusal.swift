// The requests that the server itself refuses, before any service sees them.

import AWSSigV4
import KMSService
import NIOHTTP1

/// A request that is answered with an error. Unless it says otherwise it ends its connection: nobody can be sure where
/// the next request would begin.
struct Refusal: Error, Equatable {
  let status: Int
  /// The error code, in the words of AWS's list of common errors.
  let code: String
  /// For the log, and for the caller unless it says no more than the code. Never holds anything the caller sent.
  let reason: String

  private init(_ status: Int, _ code: String, _ reason: String) {
    self.status = status
    self.code = code
    self.reason = reason
  }

  static func malformed(_ reason: String) -> Refusal { Refusal(400, "MalformedHttpRequestException", reason) }
  static let headTooSlow = Refusal(408, "RequestTimeoutException", "The request's head did not arrive in time.")
  static let bodyTooSlow = Refusal(408, "RequestTimeoutException", "The request's body did not arrive in time.")
  static let bodyTooLarge = Refusal(413, "RequestEntityTooLargeException", "")
  static let targetTooLong = Refusal(414, "MalformedHttpRequestException", "The request target is too long.")
  static let unknownExpectation = Refusal(417, "MalformedHttpRequestException", "The expectation is not supported.")
  static let headTooLarge = Refusal(431, "MalformedHttpRequestException", "The request's header fields are too large.")
  static let unknownCoding = Refusal(501, "MalformedHttpRequestException", "The transfer coding is not supported.")
  /// Too many requests are being answered. The only refusal that leaves its connection open.
  static let overloaded = Refusal(503, "ServiceUnavailableException", "Too many requests are being answered.")
  /// For the log only: the connection is closed without an answer.
  static let tooManyConnections = Refusal(503, "ServiceUnavailableException", "Too many connections are open.")
  static let unknownVersion = Refusal(505, "MalformedHttpRequestException", "The HTTP version is not supported.")

  /// What an error of NIO's decoder means to the caller.
  init(_ error: HTTPParserError) {
    self =
      switch error {
      case .headerOverflow: .headTooLarge
      case .invalidVersion: .unknownVersion
      case .invalidMethod: .malformed("The request method is not known.")
      case .invalidURL: .malformed("The request target is not valid.")
      case .invalidHeaderToken: .malformed("A header field is not valid.")
      case .invalidContentLength, .unexpectedContentLength: .malformed("The content length is not valid.")
      case .invalidChunkSize: .malformed("A chunk is not valid.")
      default: .malformed("The request is not valid HTTP.")
      }
  }

  /// The answer.
  var response: ServiceResponse {
    let message = reason.isEmpty ? "" : #","message":"\#(reason)""#
    var headers = [HeaderField(name: "Content-Type", value: "application/x-amz-json-1.1")]
    if self == .overloaded { headers.append(HeaderField(name: "Retry-After", value: "1")) }
    return ServiceResponse(
      status: status, headers: headers,
      body: [UInt8](#"{"__type":"\#(code)"\#(message)}"#.utf8))
  }
}
