// Signature Version 4: reading, checking, verifying and making signatures, in headers and in the query.

@testable import AWSSigV4
import SecureMemory

/// The time and the secret of the seeds in `Corpora/Signature`.
private let now = SigningTime(secondsSinceEpoch: 1_440_938_160)
private let credentials = Credentials(
  accessKeyID: "AKIDEXAMPLE", secretAccessKey: SecretBytes("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".utf8))
private let key = SigningKey.derive(
  secret: credentials.secretAccessKey,
  scope: CredentialScope(date: "20150830", region: "us-east-1", service: "kms"))
private let otherKey = SigningKey.derive(
  secret: SecretBytes("another".utf8), scope: CredentialScope(date: "20150830", region: "us-east-1", service: "kms"))
private let signer = RequestSigner(region: "us-east-1", service: "kms")

func examine(_ input: [UInt8]) {
  let request = readRequest(input)
  do throws(SignatureError) {
    let signed = try SignedRequest(parsing: request)
    if signed.form == .header { try examineHeader(signed) }
    let verified = try verify(request, with: key)
    require(verified.accessKeyID == signed.accessKeyID && verified.scope == signed.scope, "the proof names who signed")
    examineVerified(request)
  } catch {
    require(error.code.hasSuffix("Exception") && !error.message.isEmpty, "a refusal has a code and a text")
  }
  examineSigning(request)
}

private func verify(_ request: SignableRequest, with key: SigningKey) throws(SignatureError) -> VerifiedSignature {
  try SignedRequest(parsing: request).checked(service: "kms", now: now) { $0 == "us-east-1" }.verified(with: key)
}

/// The header of a signature that was read says what was read.
private func examineHeader(_ signed: SignedRequest) throws(SignatureError) {
  let header = try AuthorizationHeader(in: signed.request.headers)
  require(header.accessKeyID == signed.accessKeyID && header.scope == signed.scope, "one reading of a header")
  let again = mustSucceed("a header that was written can be read") { () throws(SignatureError) in
    try AuthorizationHeader(parsing: header.value)
  }
  require(again == header, "a header survives writing and reading")
}

/// What a signature that holds must not hold for.
private func examineVerified(_ request: SignableRequest) {
  require(!fails { () throws(SignatureError) in try verify(request, with: key) }, "the same request is as good again")
  require(fails { () throws(SignatureError) in try verify(request, with: otherKey) }, "another secret does not verify")
  func refuses(_ what: String, _ change: (inout SignableRequest) -> Void) {
    var changed = request
    change(&changed)
    require(fails { () throws(SignatureError) in try verify(changed, with: key) }, "a signature covers \(what)")
  }
  refuses("the method") { $0.method += "X" }
  refuses("the path") { $0.target = "/x" + $0.target }
  refuses("the query") { $0.target += $0.target.contains("?") ? "&x=y" : "?x=y" }
  refuses("the body") { $0.body.append(0x20) }
  refuses("headers of AWS") { $0.headers.append(HeaderField(name: "X-Amz-Added", value: "1")) }
  refuses("the host") { $0.headers.append(HeaderField(name: "Host", value: "elsewhere")) }
}

/// Whatever is signed here verifies here.
private func examineSigning(_ request: SignableRequest) {
  var unsigned = request
  unsigned.headers = RequestSigner.signable(request.headers)
  unsigned.headers.append(HeaderField(name: "Host", value: "kms.us-east-1.amazonaws.com"))

  var signed = unsigned
  signed.headers += mustSucceed("a request with a host can be signed") { () throws(SigningError) in
    try signer.headers(signing: unsigned, with: credentials, at: now)
  }
  _ = mustSucceed("what was signed verifies") { () throws(SignatureError) in try verify(signed, with: key) }

  // A target that carries a signature already, or some of its parts, would have them twice.
  let known = Set(PresignedParameter.allCases.map(\.name))
  guard !QueryParameter.parse(target: request.target).contains(where: { known.contains($0.name) }) else { return }
  var presigned = unsigned
  presigned.target = mustSucceed("a request with a host can be presigned") { () throws(SigningError) in
    try signer.target(presigning: unsigned, with: credentials, at: now, expiry: 60)
  }
  _ = mustSucceed("what was presigned verifies") { () throws(SignatureError) in try verify(presigned, with: key) }
}
