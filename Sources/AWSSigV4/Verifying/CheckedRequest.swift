// The last step of authentication: the signature itself.

internal import Crypto
internal import SecureMemory

/// A signed request whose scope, time and coverage are right. Only ``SignedRequest/checked(service:now:servesRegion:)``
/// makes one.
public struct CheckedRequest: Sendable {
  /// The request as it was read.
  public let signedRequest: SignedRequest

  init(_ signedRequest: SignedRequest) {
    self.signedRequest = signedRequest
  }

  /// Checks the payload hash, when the client sent one, and the signature.
  ///
  /// - Parameter key: the signing key that the secret of the request's access key gives for the request's scope.
  public func verified(with key: SigningKey) throws(SignatureError) -> VerifiedSignature {
    try signedRequest.checkSignature(with: key)
    return VerifiedSignature(of: signedRequest)
  }
}

extension SignedRequest {
  /// Compares the payload hash and the signature with what `key` gives. Tells nothing about scope, time or coverage.
  func checkSignature(with key: SigningKey) throws(SignatureError) {
    let payloadHash = request.payloadHash
    try checkPayload(hash: payloadHash)
    guard
      let canonical = CanonicalRequest(
        request, signedHeaders: signedHeaders, payloadHash: payloadHash, form: form, normalizingPath: normalizesPath)
    else { throw .signatureMismatch }
    let computed = key.signature(of: StringToSign(canonical, at: time, scope: scope))
    let matches = signature.withBytes { given in
      given.withUnsafeBytes { given in
        computed.withUnsafeBytes { constantTimeEqual($0, given) }
      }
    }
    guard matches else { throw .signatureMismatch }
  }

  /// Checks `x-amz-content-sha256`, which the canonical request is free to leave out but must not contradict.
  private func checkPayload(hash: SHA256.Digest) throws(SignatureError) {
    guard let claimed = request.headers.value(named: "x-amz-content-sha256") else { return }
    guard claimed != "UNSIGNED-PAYLOAD" else { throw .unsignedPayload }
    var computed: [UInt8] = []
    computed.append(hexadecimal: hash)
    guard claimed.utf8.elementsEqual(computed) else { throw .payloadHashMismatch }
  }
}
