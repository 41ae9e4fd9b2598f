// Why an attestation document is not believed, and the words for it.

/// Why ``AttestationVerifier`` refuses a document. The first rule that is broken is the one reported.
public enum AttestationError: Error, Hashable, Sendable {
  /// More bytes than any document has.
  case tooLarge
  /// Not a COSE_Sign1 message, or not a CBOR map inside it, in the encodings that are read here.
  case malformed
  /// The message is not signed with ES384.
  case unsupportedAlgorithm
  /// The message has an unprotected header.
  case unprotectedHeader
  /// The document has a field that the format does not have.
  case unknownField
  /// A field that is needed is absent.
  case missingField(AttestationDocument.Field)
  /// A field is of another type than the format's, or outside its limits.
  case invalidField(AttestationDocument.Field)
  /// The document is older than the verifier's freshness.
  case expired
  /// The document's timestamp is later than the verifier's clock and tolerance.
  case issuedInFuture
  /// There are more certificates than the verifier looks at.
  case tooManyCertificates
  /// A certificate is not a certificate.
  case malformedCertificate
  /// The first certificate of the bundle is none of the verifier's roots.
  case untrustedRoot
  /// A certificate's time is over.
  case certificateExpired
  /// A certificate's time has not come.
  case certificateNotYetValid
  /// A certificate is not as its place in the chain demands.
  case certificateRule(CertificateRule)
  /// The certificates do not prove each other: a signature, a path length, a name constraint or a critical extension.
  case invalidChain
  /// The document is not signed by the key of its certificate.
  case invalidSignature
  /// The document's public key is not an RSA key to which answers can be encrypted.
  case unsupportedPublicKey
}

/// What every certificate of a chain must keep to.
public enum CertificateRule: Hashable, Sendable, CaseIterable {
  /// X.509 version 3.
  case version
  /// A key on P-384.
  case keyAlgorithm
  /// Signed with ECDSA and SHA-384.
  case signatureAlgorithm
  /// Issued under the name of the next certificate, in the order of the bundle.
  case issuerName
  /// Each certificate has a name of its own, so that there is one way up only.
  case distinctNames
  /// Critical basic constraints on a certificate authority, and no authority for the certificate of the document's key.
  case basicConstraints
  /// `keyCertSign` on a certificate authority, `digitalSignature` on the certificate of the document's key.
  case keyUsage
}

// All texts. They reach clients as messages of a ValidationException, so they say what is wrong and repeat nothing of
// the document.
extension AttestationError: CustomStringConvertible {
  /// One sentence for the client.
  public var description: String {
    switch self {
    case .tooLarge: "The attestation document is too large."
    case .malformed: "The attestation document is malformed."
    case .unsupportedAlgorithm: "The attestation document is not signed with ES384."
    case .unprotectedHeader: "The attestation document has an unprotected header."
    case .unknownField: "The attestation document has an unknown field."
    case .missingField(let field): "The attestation document has no field \(field.rawValue)."
    case .invalidField(let field): "The field \(field.rawValue) of the attestation document is not valid."
    case .expired: "The attestation document has expired."
    case .issuedInFuture: "The attestation document is not yet valid."
    case .tooManyCertificates: "The attestation document has too many certificates."
    case .malformedCertificate: "A certificate of the attestation document is malformed."
    case .untrustedRoot: "The root certificate of the attestation document is not trusted."
    case .certificateExpired: "A certificate of the attestation document has expired."
    case .certificateNotYetValid: "A certificate of the attestation document is not yet valid."
    case .certificateRule(let rule): rule.description
    case .invalidChain: "The certificate chain of the attestation document is not valid."
    case .invalidSignature: "The signature of the attestation document is not valid."
    case .unsupportedPublicKey:
      "The field public_key of the attestation document is not an RSA public key of at least 2048 bits."
    }
  }
}

extension CertificateRule: CustomStringConvertible {
  /// One sentence for the client: what is wrong when the rule is broken.
  public var description: String {
    switch self {
    case .version: "A certificate of the attestation document is not of version 3."
    case .keyAlgorithm: "A certificate of the attestation document has a key that is not on P-384."
    case .signatureAlgorithm: "A certificate of the attestation document is not signed with ECDSA and SHA-384."
    case .issuerName: "The certificates of the attestation document are not in the order of their issuers."
    case .distinctNames: "Two certificates of the attestation document have the same subject."
    case .basicConstraints: "A certificate of the attestation document has unsuitable basic constraints."
    case .keyUsage: "A certificate of the attestation document has an unsuitable key usage."
    }
  }
}
