// A request's head, once it is known to be one the server accepts.

import AWSSigV4
import NIOHTTP1

/// What a request's head says, with its framing beyond doubt.
///
/// NIO's decoder has refused most of what is malformed already; the rules here are those it leaves to its user.
struct RequestHead {
  let method: String
  let target: String
  let headers: [HeaderField]
  /// The `Content-Length`, or 0 without one.
  let declaredLength: Int
  /// Whether the caller waits for `100 Continue` before it sends the body.
  let expectsContinue: Bool
  /// How the answer has to end.
  let framing: ResponseFraming

  /// Checks a decoded head.
  init(_ head: HTTPRequestHead, limits: HTTPServer.Limits) throws(Refusal) {
    guard head.uri.utf8.count <= limits.maximumTargetBytes else { throw .targetTooLong }
    let isVersion11 = head.version == .http1_1
    guard isVersion11 || head.version == .http1_0 else { throw .unknownVersion }
    var facts = Facts()
    var headers: [HeaderField] = []
    headers.reserveCapacity(head.headers.count)
    for (name, received) in head.headers {
      let value = received.withoutTrailingSpace
      try facts.note(name, value)
      headers.append(HeaderField(name: name, value: value))
    }

    // RFC 9112 §3.2: exactly one Host, though HTTP/1.0 may do without.
    guard facts.hosts == 1 || (facts.hosts == 0 && !isVersion11) else {
      throw .malformed("The request must have one Host header field.")
    }
    // RFC 9112 §6.1: whoever mixes the two framings, or sends the newer one in the older version, may be smuggling.
    guard !facts.isChunked || (facts.length == nil && isVersion11) else {
      throw .malformed("The request's framing is ambiguous.")
    }
    guard facts.length ?? 0 <= limits.maximumBodyBytes else { throw .bodyTooLarge }

    method = head.method.rawValue
    target = head.uri
    self.headers = headers
    declaredLength = facts.length ?? 0
    // RFC 9110 §10.1.1: an expectation in HTTP/1.0 is ignored, and one without a body has nothing to wait for.
    expectsContinue = facts.expectsContinue && isVersion11 && (facts.isChunked || declaredLength > 0)
    // The decoder takes what follows an offer to upgrade for another protocol. The offer is declined, and the
    // connection closed.
    let keepsAlive = head.isKeepAlive && !facts.offersUpgrade && head.method != .CONNECT
    framing = ResponseFraming(
      keepsAlive: keepsAlive, announcesKeepAlive: keepsAlive && !isVersion11, omitsBody: head.method == .HEAD)
  }

  /// What the header fields say about the message itself.
  private struct Facts {
    var hosts = 0
    var length: Int?
    var isChunked = false
    var expectsContinue = false
    var offersUpgrade = false

    mutating func note(_ name: String, _ value: String) throws(Refusal) {
      switch name.utf8.count {
      case 4 where name.isToken("host"): hosts += 1
      case 6 where name.isToken("expect"):
        guard value.isToken("100-continue") else { throw .unknownExpectation }
        expectsContinue = true
      case 7 where name.isToken("upgrade"): offersUpgrade = true
      case 14 where name.isToken("content-length"):
        guard length == nil, let parsed = Int(value), parsed >= 0 else {
          throw .malformed("The content length is not valid.")
        }
        length = parsed
      case 17 where name.isToken("transfer-encoding"):
        guard !isChunked, value.isToken("chunked") else { throw .unknownCoding }
        isChunked = true
      default: break
      }
    }
  }
}
