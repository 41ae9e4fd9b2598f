// Answers in the query protocol of STS: XML.

import AWSSigV4
import KMSAccess
import KMSDomain

extension ServiceResponse {
  private static let contentType = HeaderField(name: "Content-Type", value: "text/xml")
  private static let namespace = "https://sts.amazonaws.com/doc/2011-06-15/"

  /// The answer to GetCallerIdentity.
  static func callerIdentity(_ caller: Caller, _ id: RequestID) -> ServiceResponse {
    xml(
      200, id,
      """
      <GetCallerIdentityResponse xmlns="\(namespace)"><GetCallerIdentityResult>\
      <Arn>\(caller.arn.xmlEscaped)</Arn><UserId>\(caller.userID.xmlEscaped)</UserId>\
      <Account>\(caller.home.account)</Account></GetCallerIdentityResult>\
      <ResponseMetadata><RequestId>\(id)</RequestId></ResponseMetadata></GetCallerIdentityResponse>
      """)
  }

  /// An error, under the name and status that STS gives it.
  static func stsError(_ error: ErrorAnswer, _ id: RequestID) -> ServiceResponse {
    let (status, code) = stsStatusAndCode(error)
    return xml(
      status, id,
      """
      <ErrorResponse xmlns="\(namespace)"><Error><Type>\(status < 500 ? "Sender" : "Receiver")</Type>\
      <Code>\(code)</Code><Message>\((error.message ?? code).xmlEscaped)</Message></Error>\
      <RequestId>\(id)</RequestId></ErrorResponse>
      """)
  }

  private static func stsStatusAndCode(_ error: ErrorAnswer) -> (Int, String) {
    switch error.code {
    case "InvalidSignatureException": (403, "SignatureDoesNotMatch")
    case "UnrecognizedClientException": (403, "InvalidClientTokenId")
    case "ExpiredTokenException": (403, "ExpiredToken")
    case "MissingAuthenticationTokenException": (403, "MissingAuthenticationToken")
    case "IncompleteSignatureException": (400, "IncompleteSignature")
    default: (error.status, error.code)
    }
  }

  private static func xml(_ status: Int, _ id: RequestID, _ text: String) -> ServiceResponse {
    ServiceResponse(status: status, headers: [contentType, requestIDHeader(id)], body: Array(text.utf8))
  }
}

extension ErrorAnswer {
  /// An STS action that this service does not have.
  static let invalidAction = ErrorAnswer(
    status: 400, code: "InvalidAction", message: "Could not find operation for version 2011-06-15")
}

extension String {
  /// The text with XML's special characters replaced.
  fileprivate var xmlEscaped: String {
    reduce(into: "") { text, character in
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      default: text.append(character)
      }
    }
  }
}
