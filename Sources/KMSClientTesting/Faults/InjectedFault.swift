// The failures that a test can ask for.

internal import AWSJSON
internal import AWSSigV4
internal import struct FoundationEssentials.UUID
public import AWSClient

/// Something that goes wrong with a request: see ``TestKMS/failNext(_:times:of:)``.
///
/// Unless it says otherwise the service does not see the request, so nothing has changed when the client gets the error.
public struct InjectedFault: Sendable {
  /// What happens in place of an exchange.
  enum Effect: Sendable {
    case reply(TransportResponse)
    case failure(TransportFailure)
    /// The service acts; its reply gets lost.
    case lostReply(TransportFailure)
  }

  let effect: Effect

  // MARK: Replies

  /// Too many requests: the `.throttling` case.
  public static let throttling = error(code: "ThrottlingException", message: "Rate exceeded")
  /// The caller may not: the `.accessDenied` case.
  public static let accessDenied = error(code: "AccessDeniedException", message: "Denied by the test")
  /// The service fails: the `.internalFailure` case, status 500.
  public static let internalFailure = error(code: "InternalFailure", statusCode: 500)
  /// The service is not available: the `.serviceUnavailable` case, status 503.
  public static let serviceUnavailable = error(code: "ServiceUnavailableException", statusCode: 503)

  /// One of the model's errors: `.error(KMSInvalidStateException.self)`.
  public static func error<Modeled: ModeledServiceError>(
    _ type: Modeled.Type, message: String? = nil
  ) -> InjectedFault {
    error(code: Modeled.code, message: message, statusCode: Modeled.statusCode)
  }

  /// An error reply with any code.
  public static func error(code: String, message: String? = nil, statusCode: Int = 400) -> InjectedFault {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("__type")
    writer.string(code)
    if let message {
      writer.member("message")
      writer.string(message)
    }
    writer.endObject()
    return reply(statusCode, "application/x-amz-json-1.1", writer.finish())
  }

  /// A reply with this status that is not from KMS, as something in between would send it: an HTML page.
  public static func status(_ statusCode: Int) -> InjectedFault {
    reply(statusCode, "text/html", Array("<html><body>\(statusCode)</body></html>".utf8))
  }

  private static func reply(_ statusCode: Int, _ contentType: String, _ body: [UInt8]) -> InjectedFault {
    InjectedFault(
      effect: .reply(
        TransportResponse(
          statusCode: statusCode,
          headers: [
            HeaderField(name: "Content-Type", value: contentType),
            HeaderField(name: "x-amzn-RequestId", value: UUID().uuidString.lowercased()),
          ], body: body)))
  }

  // MARK: No reply

  /// No connection: the `.transport` case, and the service has certainly not seen the request.
  public static let transport = InjectedFault(
    effect: .failure(
      .connection(TransportError("no connection: the test wants none", mayHaveReachedServer: false))))
  /// No reply in time: the `.timeout` case, which leaves open whether the service has seen the request.
  public static let timeout = InjectedFault(
    effect: .failure(.timeout(TimeoutError("no reply in time: the test wants none", mayHaveReachedServer: true))))
  /// The service does what it was asked, but the connection breaks before its reply: the `.transport` case, which leaves
  /// open whether the service has seen the request.
  public static let lostReply = InjectedFault(
    effect: .lostReply(
      .connection(TransportError("the connection broke: the test wants it", mayHaveReachedServer: true))))
}
