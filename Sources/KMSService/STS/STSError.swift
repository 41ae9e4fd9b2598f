// Errors in the words of STS.

import KMSAccess

/// A refused request to STS: HTTP status, code and text.
struct STSError: Error, Hashable, Sendable {
  /// 400 or 403, or 500 for failures that are not the caller's.
  let status: Int
  /// The error's name in the query protocol.
  let code: String
  /// What the caller is told.
  let message: String

  /// Puts an error together.
  init(status: Int = 400, code: String, message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  /// An error that KMS and STS share, such as one of signatures, under the name and status that STS gives it.
  init(_ error: ErrorAnswer) {
    let (status, code) =
      switch error.code {
      case "InvalidSignatureException": (403, "SignatureDoesNotMatch")
      case "UnrecognizedClientException": (403, "InvalidClientTokenId")
      case "ExpiredTokenException": (403, "ExpiredToken")
      case "MissingAuthenticationTokenException": (403, "MissingAuthenticationToken")
      case "IncompleteSignatureException": (400, "IncompleteSignature")
      default: (error.status, error.code)
      }
    // Every service says this in its own words.
    let message = code == "MissingAuthenticationToken" ? "Request is missing Authentication Token" : error.message
    self.init(status: status, code: code, message: message ?? code)
  }

  /// A form that cannot be read.
  init(_ malformation: FormFields.Malformation) {
    let message =
      switch malformation {
      case .encoding: "The request's form is malformed."
      case .repeated: "The request's form has a field twice."
      case .tooMany: "The request's form has too many fields."
      }
    self.init(code: "MalformedInput", message: message)
  }

  /// A token that proves nobody.
  init(_ error: WebIdentityError) {
    switch error {
    case .expired(let now, let expiry):
      self.init(
        code: "ExpiredTokenException",
        message: "Token expired: current date/time \(now) must be before the expiration date/time \(expiry)")
    case .keysUnavailable:
      self.init(
        code: "IDPCommunicationError", message: "The keys of the identity provider could not be retrieved.")
    case .malformed:
      self.init(
        code: Self.invalidToken,
        message: "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")
    case .unknownProvider(let issuer):
      self.init(code: Self.invalidToken, message: "No OpenIDConnect provider found in your account for \(issuer)")
    case .wrongAudience: self.init(code: Self.invalidToken, message: "Incorrect token audience")
    case .missingClaim(let name):
      self.init(code: Self.invalidToken, message: "Missing a required claim: \(name)")
    case .notYetValid: self.init(code: Self.invalidToken, message: "The token is not valid yet.")
    case .unsupportedAlgorithm:
      self.init(code: Self.invalidToken, message: "The token's signature algorithm is not supported.")
    case .unknownKey:
      self.init(
        code: Self.invalidToken,
        message: "Couldn't retrieve verification key from your identity provider, please reference "
          + "AssumeRoleWithWebIdentity documentation for requirements")
    case .invalidSignature: self.init(code: Self.invalidToken, message: "The token's signature is not valid.")
    }
  }

  /// A token where no identity provider is believed.
  static let noProvider = STSError(code: invalidToken, message: "No OpenIDConnect provider found in your account")

  private static let invalidToken = "InvalidIdentityToken"

  // MARK: By name

  /// A constraint of the model that is not kept, or another rule on parameters.
  static func validation(_ message: String) -> STSError {
    STSError(code: "ValidationError", message: message)
  }

  /// A parameter with a value that STS, but not its model, refuses.
  static func invalidParameter(_ message: String) -> STSError {
    STSError(code: "InvalidParameterValue", message: message)
  }

  /// An action that this service does not have.
  static func invalidAction(_ action: String, version: String) -> STSError {
    // What is no name is not repeated.
    let isName =
      (1...128).contains(action.utf8.count) && action.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    let subject = isName ? "operation \(action)" : "operation"
    return STSError(
      code: "InvalidAction", message: "Could not find \(subject) for version \(version.prefix(16))")
  }

  /// A role that the caller may not assume, or that does not exist: nobody is told which.
  static func accessDenied(_ message: String) -> STSError {
    STSError(status: 403, code: "AccessDenied", message: message)
  }

  /// A session policy that is none.
  static func malformedPolicy(_ error: PolicyError) -> STSError {
    STSError(code: "MalformedPolicyDocument", message: error.description)
  }

  /// Something that went wrong inside.
  static let internalFailure = STSError(
    status: 500, code: "InternalFailure", message: "The request could not be answered because of an internal failure.")
}
