// The proof that a request was signed with the secret of its access key.

/// Who signed a request, proved. Only ``CheckedRequest/verified(with:)`` makes one.
public struct VerifiedSignature: Sendable, Equatable {
  /// The access key that signed.
  public let accessKeyID: String
  /// The scope that the signature is for.
  public let scope: CredentialScope
  /// When the request was signed.
  public let time: SigningTime
  /// The session token that came with the request. The signature covers it, but whether it is genuine is not known here.
  public let sessionToken: String?

  init(of request: SignedRequest) {
    accessKeyID = request.accessKeyID
    scope = request.scope
    time = request.time
    sessionToken = request.sessionToken
  }
}
