// The request most tests start from: a small signed POST as a client of AWS KMS sends it.

import SecureMemory

@testable import AWSSigV4

enum KMSRequest {
  static let time = SigningTime(secondsSinceEpoch: 1_440_938_160)  // 2015-08-30T12:36:00Z
  static let credentials = Credentials(
    accessKeyID: "AKIDEXAMPLE", secretAccessKey: SecretBytes("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".utf8))
  static let signer = RequestSigner(region: "us-east-1", service: "kms")
  static let scope = CredentialScope(date: "20150830", region: "us-east-1", service: "kms")
  static let key = SigningKey.derive(secret: credentials.secretAccessKey, scope: scope)

  static let unsigned = SignableRequest(
    method: "POST", target: "/",
    headers: [
      HeaderField(name: "Host", value: "kms.us-east-1.amazonaws.com"),
      HeaderField(name: "Content-Type", value: "application/x-amz-json-1.1"),
      HeaderField(name: "X-Amz-Target", value: "TrentService.GenerateDataKeyPair"),
      HeaderField(name: "User-Agent", value: "a client/1.0"),
    ],
    body: Array(#"{"KeyId":"alias/app","KeyPairSpec":"ECC_NIST_P256"}"#.utf8))

  /// `request` with the fields of a signature.
  static func signed(
    _ request: SignableRequest = unsigned, with credentials: Credentials = credentials, at time: SigningTime = time,
    by signer: RequestSigner = signer
  ) throws -> SignableRequest {
    var request = request
    request.headers += try signer.headers(signing: request, with: credentials, at: time)
    return request
  }

  /// Takes `request` through the whole path of a service that knows one access key. The look-up is part of the proof:
  /// nothing but the choice of the secret ties a signature in headers to its access key's name.
  @discardableResult
  static func verify(
    _ request: SignableRequest, now: SigningTime = time, knowing accessKeyID: String = credentials.accessKeyID
  ) throws(SignatureError) -> VerifiedSignature {
    let checked = try SignedRequest(parsing: request).checked(service: "kms", now: now) { $0 == "us-east-1" }
    guard checked.signedRequest.accessKeyID == accessKeyID else { throw .unrecognizedClient }
    return try checked.verified(with: key)
  }
}

extension SignableRequest {
  /// The request with the value of the fields called `name` (in lower case) changed by `change`.
  func changing(_ name: String, _ change: (String) -> String) -> SignableRequest {
    var copy = self
    copy.headers = headers.map { field in
      field.isNamed(name) ? HeaderField(name: field.name, value: change(field.value)) : field
    }
    return copy
  }

  /// The request without the fields called `name` (in lower case).
  func removing(_ name: String) -> SignableRequest {
    var copy = self
    copy.headers.removeAll { $0.isNamed(name) }
    return copy
  }
}

extension String {
  /// The text with one byte replaced.
  func replacingByte(at position: Int, with byte: UInt8) -> String {
    var bytes = Array(utf8)
    bytes[position] = byte
    return String(decoding: bytes, as: UTF8.self)
  }
}
