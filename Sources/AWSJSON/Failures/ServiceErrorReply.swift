// Understanding a service's error reply, whatever shape it has.

internal import SecureMemory

/// An error reply of an awsJson service.
public struct ServiceErrorReply: Equatable, Sendable {
  /// The error's shape name, without namespace and URI; the status code as text when the reply names none.
  public let code: String
  public let message: String?
  public let requestID: String?
  public let statusCode: Int
  /// What a service says that once spoke the AWS Query protocol; nil for all others.
  public let queryError: QueryError?
  /// The body, if it has more in it than code and message. Nobody knows what: a model may call it sensitive, so that
  /// it is kept where it is wiped together with the last copy of the reply.
  private let body: SecretBytes?

  /// The error as the AWS Query protocol would have named it, for clients that knew the service by that.
  public struct QueryError: Equatable, Sendable {
    /// The code: `AWS.SimpleQueueService.NonExistentQueue`.
    public let code: String
    /// Whose fault it is, `Sender` or `Receiver`, if the service says so.
    public let fault: String?

    public init(code: String, fault: String?) {
      self.code = code
      self.fault = fault
    }

    /// The parts of `Code;Fault`; nil when there is no code.
    fileprivate init?(header: String) {
      let parts = header.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.filter { !$0.isWhitespace } }
      guard let code = parts.first, !code.isEmpty else { return nil }
      self.init(code: code, fault: parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil)
    }
  }

  public init(code: String, message: String?, requestID: String?, statusCode: Int) {
    self.code = code
    self.message = message
    self.requestID = requestID
    self.statusCode = statusCode
    queryError = nil
    body = nil
  }

  /// Reads any reply; nothing in it can make this fail. `header` looks up a header by its lower-case name.
  ///
  /// The code is taken from `x-amzn-ErrorType`, else from the body's `__type` or `code` (Smithy, "AWS JSON 1.1 protocol",
  /// operation error serialization), else from `x-amzn-query-error` (Smithy, "awsQueryCompatible trait"); the message
  /// from `message` or `Message`. A body that is not JSON is itself the message.
  public init(statusCode: Int, body: [UInt8], header: (String) -> String?) {
    let content = ErrorBody(body)
    let names = [header("x-amzn-errortype"), content.type, content.code]
    queryError = header("x-amzn-query-error").flatMap(QueryError.init(header:))
    code = names.lazy.compactMap { $0.flatMap(Self.shapeName) }.first ?? queryError?.code ?? String(statusCode)
    message = content.message
    requestID = header("x-amzn-requestid") ?? header("x-amz-request-id")
    self.statusCode = statusCode
    self.body = content.hasDetails ? SecretBytes(body) : nil
  }

  /// What the body has beside code and message; nil when that is nothing, or not what the model says: then the error
  /// is still known by its code.
  public func details<Details: AWSJSONStructure>(_ type: Details.Type = Details.self) -> Details? {
    guard let body else { return nil }
    var bytes = body.withUnsafeBytes { Array($0) }
    defer { SecretBytes.wipe(&bytes) }
    return try? Details.decodeOutput(bytes)
  }

  /// `FooError` of `aws.protocoltests#FooError:http://…`; nil if nothing is left.
  private static func shapeName(_ text: String) -> String? {
    let beforeURI = text.prefix { $0 != ":" }
    let name = beforeURI.lastIndex(of: "#").map { beforeURI[beforeURI.index(after: $0)...] } ?? beforeURI
    let trimmed = name.filter { !$0.isWhitespace }
    return trimmed.isEmpty ? nil : trimmed
  }
}
