// Understanding a service's error reply, whatever shape it has.

/// An error reply of an awsJson service.
public struct ServiceErrorReply: Equatable, Sendable {
  /// The error's shape name, without namespace and URI; the status code as text when the reply names none.
  public let code: String
  public let message: String?
  public let requestID: String?
  public let statusCode: Int

  public init(code: String, message: String?, requestID: String?, statusCode: Int) {
    self.code = code
    self.message = message
    self.requestID = requestID
    self.statusCode = statusCode
  }

  /// Reads any reply; nothing in it can make this fail. `header` looks up a header by its lower-case name.
  ///
  /// The code is taken from `x-amzn-ErrorType`, else from the body's `__type` or `code` (Smithy, "AWS JSON 1.1 protocol",
  /// operation error serialization), the message from `message` or `Message`. A body that is not JSON is itself the message.
  public init(statusCode: Int, body: [UInt8], header: (String) -> String?) {
    let content = ErrorBody(body)
    let names = [header("x-amzn-errortype"), content.type, content.code]
    code = names.lazy.compactMap { $0.flatMap(Self.shapeName) }.first ?? String(statusCode)
    message = content.message
    requestID = header("x-amzn-requestid") ?? header("x-amz-request-id")
    self.statusCode = statusCode
  }

  /// `FooError` of `aws.protocoltests#FooError:http://…`; nil if nothing is left.
  private static func shapeName(_ text: String) -> String? {
    let beforeURI = text.prefix { $0 != ":" }
    let name = beforeURI.lastIndex(of: "#").map { beforeURI[beforeURI.index(after: $0)...] } ?? beforeURI
    let trimmed = name.filter { !$0.isWhitespace }
    return trimmed.isEmpty ? nil : trimmed
  }
}
