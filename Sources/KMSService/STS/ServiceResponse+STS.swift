// Answers in the query protocol of STS: XML.

import AWSSigV4
import FoundationEssentials
import KMSAccess
import KMSDomain
import SecureMemory

extension ServiceResponse {
  private static let contentType = HeaderField(name: "Content-Type", value: "text/xml")
  private static let noStore = HeaderField(name: "Cache-Control", value: "no-cache, no-store, must-revalidate, private")
  private static let namespace = "https://sts.amazonaws.com/doc/\(STSRequest.version)/"

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

  /// The answer to AssumeRole and its like. The secret goes straight from protected memory into the body.
  static func begunSession(_ session: BegunSession, action: String, _ id: RequestID) -> ServiceResponse {
    let content = session.content
    var others = ""
    func add(_ name: String, _ value: String?) {
      if let value { others += "<\(name)>\(value.xmlEscaped)</\(name)>" }
    }
    add("PackedPolicySize", session.packedPolicySize.map(String.init))
    add("SourceIdentity", content.sourceIdentity)
    add("SubjectFromWebIdentityToken", session.webIdentity?.subject)
    add("Provider", session.webIdentity?.providerARN)
    add("Audience", session.webIdentity?.audience)
    let head = """
      <\(action)Response xmlns="\(namespace)"><\(action)Result>\
      <AssumedRoleUser><AssumedRoleId>\(session.assumedRoleID.xmlEscaped)</AssumedRoleId>\
      <Arn>\(session.arn.xmlEscaped)</Arn></AssumedRoleUser>\
      <Credentials><AccessKeyId>\(content.accessKeyID)</AccessKeyId><SecretAccessKey>
      """
    let tail = """
      </SecretAccessKey><SessionToken>\(session.token)</SessionToken>\
      <Expiration>\(content.expiry.formatted(.iso8601))</Expiration></Credentials>\(others)\
      </\(action)Result><ResponseMetadata><RequestId>\(id)</RequestId></ResponseMetadata></\(action)Response>
      """
    var body: [UInt8] = []
    // All at once: an array that grows leaves copies behind.
    body.reserveCapacity(head.utf8.count + content.secretAccessKey.count + tail.utf8.count)
    body += head.utf8
    content.secretAccessKey.withUnsafeBytes { body += $0 }
    body += tail.utf8
    return ServiceResponse(
      status: 200, headers: [contentType, requestIDHeader(id), noStore], body: body, carriesSecret: true)
  }

  /// An error of STS.
  static func stsError(_ error: STSError, _ id: RequestID) -> ServiceResponse {
    xml(
      error.status, id,
      """
      <ErrorResponse xmlns="\(namespace)"><Error><Type>\(error.status < 500 ? "Sender" : "Receiver")</Type>\
      <Code>\(error.code)</Code><Message>\(error.message.xmlEscaped)</Message></Error>\
      <RequestId>\(id)</RequestId></ErrorResponse>
      """)
  }

  private static func xml(_ status: Int, _ id: RequestID, _ text: String) -> ServiceResponse {
    ServiceResponse(status: status, headers: [contentType, requestIDHeader(id)], body: Array(text.utf8))
  }
}
