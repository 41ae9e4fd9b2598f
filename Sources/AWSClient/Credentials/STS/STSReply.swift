// What STS answers.

internal import AWSJSON
internal import AWSSigV4
internal import SecureMemory

/// A reply of STS: credentials, or an error.
enum STSReply {
  case credentials(Credentials)
  /// A refusal. Whatever stands in STS's place, such as a proxy, may answer without a code.
  case error(code: String?, message: String?)

  /// Reads the reply to `action`.
  ///
  /// - Throws: `CredentialsError` for a success that has no credentials in it. Nothing of the body is repeated.
  init(_ response: TransportResponse, to action: String) throws(CredentialsError) {
    guard (200..<300).contains(response.statusCode) else {
      self = Self.error(response.body)
      return
    }
    let members: Members
    do {
      members = try Self.members(response.body, of: action)
    } catch {
      throw CredentialsError("\(action): the reply is \(error)")
    }
    guard let accessKeyID = members.accessKeyID, let secret = members.secretAccessKey, let token = members.sessionToken,
      let expiration = members.expiration.flatMap(SigningTime.init(dateTime:))
    else { throw CredentialsError("\(action): the reply has no complete credentials") }
    let credentials = Credentials(
      accessKeyID: accessKeyID, secretAccessKey: secret, sessionToken: token, expiration: expiration)
    try credentials.validate()
    self = .credentials(credentials)
  }

  // MARK: Success

  /// What stands in `Credentials`.
  private struct Members {
    var accessKeyID: String?
    var secretAccessKey: SecretBytes?
    var sessionToken: String?
    var expiration: String?
  }

  /// Reads `<ActionResponse><ActionResult><Credentials>…`.
  private static func members(_ body: [UInt8], of action: String) throws(XMLError) -> Members {
    var reader = try XMLReader(body)
    var members = Members()
    guard try reader.beginRoot() == action + "Response" else { throw reader.mismatch }
    while let name = try reader.nextChild() {
      guard name == action + "Result" else {
        try reader.skip()
        continue
      }
      while let name = try reader.nextChild() {
        if name == "Credentials" { try read(&members, &reader) } else { try reader.skip() }
      }
    }
    try reader.finish()
    return members
  }

  private static func read(_ members: inout Members, _ reader: inout XMLReader) throws(XMLError) {
    while let name = try reader.nextChild() {
      switch name {
      case "AccessKeyId": members.accessKeyID = try reader.readText()
      case "SecretAccessKey": members.secretAccessKey = try reader.readSecretText()
      case "SessionToken": members.sessionToken = try reader.readText()
      case "Expiration": members.expiration = try reader.readText()
      default: try reader.skip()
      }
    }
  }

  // MARK: Error

  /// Reads `<ErrorResponse><Error>…` as far as it is that.
  private static func error(_ body: [UInt8]) -> STSReply {
    var (code, message): (String?, String?)
    do {
      try readError(body, &code, &message)
    } catch {
      return .error(code: nil, message: nil)
    }
    return .error(code: code, message: message)
  }

  private static func readError(
    _ body: [UInt8], _ code: inout String?, _ message: inout String?
  ) throws(XMLError) {
    var reader = try XMLReader(body)
    guard try reader.beginRoot() == "ErrorResponse" else { throw reader.mismatch }
    while let name = try reader.nextChild() {
      guard name == "Error" else {
        try reader.skip()
        continue
      }
      while let name = try reader.nextChild() {
        switch name {
        case "Code": code = try reader.readText()
        case "Message": message = try reader.readText()
        default: try reader.skip()
        }
      }
    }
    try reader.finish()
  }
}
