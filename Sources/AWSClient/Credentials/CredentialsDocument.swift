// Temporary credentials as JSON: what metadata services and credential processes answer with.

internal import AWSJSON
internal import AWSSigV4
internal import SecureMemory

/// A JSON object with the members `AccessKeyId`, `SecretAccessKey`, a session token and `Expiration` (RFC 3339).
///
/// The secret goes from the document's bytes straight into protected memory; wiping the bytes afterwards is their
/// owner's part. Members that are not known are passed over.
struct CredentialsDocument {
  /// What the document gives, its fields fit for the headers of a request.
  let credentials: Credentials

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - json: the document. Nothing of it is repeated in errors but the code and message of a failure it reports.
  ///   - tokenMember: the name of the session token's member: `Token` for metadata services, `SessionToken` for
  ///     credential processes.
  ///   - requiresVersion: whether there must be a member `Version` of 1.
  /// - Throws: `CredentialsError` when it is not such a document, or says with `Code` that there are no credentials.
  init(_ json: [UInt8], tokenMember: String, requiresVersion: Bool) throws(CredentialsError) {
    let members: Members
    do {
      members = try Members(json, tokenMember: tokenMember)
    } catch {
      throw CredentialsError("the document with the credentials cannot be read: \(error)")
    }
    // The metadata service of an instance reports its failures with status 200.
    if let code = members.code, code != "Success" {
      throw CredentialsError(reply: "the document has no credentials", code: code, message: members.message)
    }
    if requiresVersion {
      guard members.version == 1 else {
        throw CredentialsError("the document with the credentials is not of Version 1")
      }
    }
    guard let accessKeyID = members.accessKeyID, let secretAccessKey = members.secretAccessKey else {
      throw CredentialsError("the document has no AccessKeyId or no SecretAccessKey")
    }
    var expiration: SigningTime?
    if let text = members.expiration {
      guard let time = SigningTime(dateTime: text) else {
        throw CredentialsError("the Expiration of the credentials is not a time of RFC 3339")
      }
      expiration = time
    }
    credentials = Credentials(
      accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: members.token, expiration: expiration)
    try credentials.validate()
  }
}

/// The members that matter, as they stand in the document.
private struct Members {
  var version: Int?
  var code: String?
  var message: String?
  var accessKeyID: String?
  var secretAccessKey: SecretBytes?
  var token: String?
  var expiration: String?

  init(_ json: [UInt8], tokenMember: String) throws(JSONError) {
    var reader = JSONReader(json, maximumDepth: 16)
    try reader.beginObject()
    while let name = try reader.nextMember() {
      if try reader.readNull() { continue }
      switch name {
      case "Version": version = try reader.readInt()
      case "Code": code = try reader.readString()
      case "Message": message = try reader.readString()
      case "AccessKeyId": accessKeyID = try reader.readString()
      case "SecretAccessKey": secretAccessKey = try reader.readSecretText()
      case "Expiration": expiration = try reader.readString()
      default:
        guard name.string == tokenMember else {
          try reader.skipValue()
          continue
        }
        // Some write an empty token where there is none.
        let text = try reader.readString()
        token = text.isEmpty ? nil : text
      }
    }
    try reader.finish()
  }
}
