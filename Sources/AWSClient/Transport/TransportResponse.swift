// What a transport brings back.

public import AWSSigV4

/// An HTTP reply, complete and uninterpreted.
public struct TransportResponse: Sendable {
  /// The status code.
  public var statusCode: Int
  /// The header fields as received.
  public var headers: [HeaderField]
  /// The body. It may hold plaintext: the client wipes it once it is decoded, which reaches the only copy when the
  /// transport has kept none.
  public var body: [UInt8]

  /// Makes a reply.
  public init(statusCode: Int, headers: [HeaderField], body: [UInt8]) {
    self.statusCode = statusCode
    self.headers = headers
    self.body = body
  }

  /// The value of the first field called `name`, which is written in lower case.
  func header(_ name: String) -> String? {
    headers.first { $0.isNamed(name) }?.value
  }

  /// The service's id of the request.
  var requestID: String? { header("x-amzn-requestid") ?? header("x-amz-request-id") }
}

extension TransportResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The status and the body's length, nothing of its content.
  public var description: String { "TransportResponse(\(statusCode), \(body.count) bytes)" }
  /// The same as ``description``.
  public var debugDescription: String { description }
  /// Shows the status only, so that `dump` prints no secret.
  public var customMirror: Mirror { Mirror(self, children: ["statusCode": statusCode]) }
}
