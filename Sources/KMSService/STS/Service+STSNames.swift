// The names of what STS does and answers, for metrics.

extension Service {
  /// The actions of STS that are served.
  public static let stsActions = ["GetCallerIdentity", "AssumeRole", STSRequest.assumeRoleWithWebIdentityName]

  /// The codes of errors that only STS answers.
  public static let stsErrors = [
    "AccessDenied", "ExpiredToken", "IDPCommunicationError", "IncompleteSignature", "InternalFailure", "InvalidAction",
    "InvalidClientTokenId", "InvalidIdentityToken", "InvalidParameterValue", "MalformedInput",
    "MalformedPolicyDocument", "MissingAction", "MissingAuthenticationToken", "PackedPolicyTooLarge",
    "SignatureDoesNotMatch", "ValidationError",
  ]
}
