import NitroAttestation
import Testing

@Suite struct AttestationErrorTests {
  static let fields = AttestationDocument.Field.allCases
  static let errors: [AttestationError] =
    [
      .tooLarge, .malformed, .unsupportedAlgorithm, .unprotectedHeader, .unknownField, .expired, .issuedInFuture,
      .tooManyCertificates, .malformedCertificate, .untrustedRoot, .certificateExpired, .certificateNotYetValid,
      .invalidChain, .invalidSignature, .unsupportedPublicKey,
    ] + fields.map { .missingField($0) } + fields.map { .invalidField($0) }
    + CertificateRule.allCases.map { .certificateRule($0) }

  @Test("says one sentence of its own for each reason")
  func sentences() {
    let texts = Self.errors.map(\.description)
    #expect(Set(texts).count == texts.count)
    for text in texts {
      #expect(text.first?.isUppercase == true && text.hasSuffix("."), "\(text)")
      #expect(text.contains("attestation document"), "\(text)")
    }
    #expect(AttestationError.expired.description == "The attestation document has expired.")
  }
}
