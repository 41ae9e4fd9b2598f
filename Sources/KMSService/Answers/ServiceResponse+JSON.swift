// Answers in awsJson 1.1.

import AWSJSON
import AWSSigV4
import KMSOperations

extension ServiceResponse {
  private static let contentType = HeaderField(name: "Content-Type", value: "application/x-amz-json-1.1")
  private static let noStore = HeaderField(name: "Cache-Control", value: "no-cache, no-store, must-revalidate, private")

  /// The answer of an operation that succeeded.
  static func output(_ output: OperationEndpoint.Output, _ id: RequestID) -> ServiceResponse {
    ServiceResponse(
      status: 200, headers: [contentType, requestIDHeader(id), noStore], body: output.body,
      carriesSecret: output.carriesSecret)
  }

  /// An error of KMS.
  static func error(_ error: ErrorAnswer, _ id: RequestID) -> ServiceResponse {
    var writer = JSONWriter(capacity: 256)
    writer.beginObject()
    writer.member("__type")
    writer.string(error.code)
    if let message = error.message {
      // KMS itself spells this one error's text with a capital letter. Clients read both.
      if error.code == "AccessDeniedException" { writer.member("Message") } else { writer.member("message") }
      writer.string(message)
    }
    writer.endObject()
    return ServiceResponse(
      status: error.status, headers: [contentType, requestIDHeader(id), noStore], body: writer.finish())
  }

  /// The header by which clients learn the request's id.
  static func requestIDHeader(_ id: RequestID) -> HeaderField {
    HeaderField(name: "x-amzn-RequestId", value: id.description)
  }
}
