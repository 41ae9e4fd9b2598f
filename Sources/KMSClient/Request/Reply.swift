// Makes sense of a reply, whatever it is: an output, or a case of the operation's error.

internal import AWSJSON

/// A reply of the service, or of something that stands in its place.
///
/// The status decides whether it is an output or an error, the body what it says. The content type is not consulted,
/// as no AWS client does: bytes that are not the output's JSON fail to decode whatever they call themselves.
struct Reply {
  private let response: TransportResponse

  init(_ response: TransportResponse) {
    self.response = response
  }

  /// The operation's output, or its error.
  func output<Operation: AWSJSONOperation>(
    of operation: Operation.Type
  ) throws(Operation.Failure) -> Operation.Output {
    guard (200..<300).contains(response.statusCode) else {
      throw Operation.Failure(
        ServiceErrorReply(statusCode: response.statusCode, body: response.body, header: response.header))
    }
    do {
      return try Operation.Output.decodeOutput(response.body)
    } catch {
      throw Operation.Failure(
        .decoding(DecodingFailure(error, statusCode: response.statusCode, requestID: requestID)))
    }
  }

  private var requestID: String? {
    response.header("x-amzn-requestid") ?? response.header("x-amz-request-id")
  }
}
