// Decides whether an attestation document is believed.

internal import Crypto
internal import SwiftASN1
@_spi(FixedExpiryValidationTime) internal import X509

#if canImport(FoundationEssentials)
  public import struct FoundationEssentials.Date
#else
  public import struct Foundation.Date
#endif

/// Verifies attestation documents against pinned roots.
///
/// A document is believed when it is well formed and fresh, is signed by the key of its certificate, and that
/// certificate chains through the document's bundle, in the bundle's order, to one of the roots. The steps are those
/// of AWS's "Attestation document validation" (aws/aws-nitro-enclaves-nsm-api, `docs/attestation_process.md`), which
/// looks at no revocation list: certificates live for hours.
public struct AttestationVerifier: Sendable {
  /// How many certificates a chain may have, the root and the certificate of the document's key included. AWS's have 5.
  public static let maximumCertificates = 8

  /// The roots, any of which may vouch for a document. With none, no document is believed.
  public let roots: [AttestationRoot]
  /// How old a document may be.
  public let freshness: Duration
  /// How far a document's clock may be ahead.
  public let futureTolerance: Duration

  /// A verifier that trusts `roots`.
  public init(
    roots: [AttestationRoot], freshness: Duration = .seconds(300), futureTolerance: Duration = .seconds(60)
  ) {
    self.roots = roots
    self.freshness = freshness
    self.futureTolerance = futureTolerance
  }

  /// Verifies a document, a COSE_Sign1 message with or without its tag, as of `now`.
  public func verify(_ document: [UInt8], at now: Date) async throws(AttestationError) -> VerifiedAttestation {
    guard document.count <= AttestationDocument.Limits.maximumDocumentSize else { throw .tooLarge }
    let message = try Self.message(document)
    let attestation = try AttestationDocument(decoding: message.payload)
    try checkTimestamp(attestation.timestamp, at: now)
    let chain = try Self.certificates(of: attestation)
    guard let root = roots.first(where: { $0.der == attestation.caBundle.first }) else { throw .untrustedRoot }
    // Everything cheap before the first signature is looked at.
    try CertificateProfile.check(chain, at: now)
    // A chain that the root has not signed costs one signature, however many it has.
    guard let top = chain.dropLast().last, root.certificate.publicKey.isValidSignature(top.signature, for: top) else {
      throw .invalidChain
    }
    guard let key = chain.first.flatMap({ P384.Signing.PublicKey($0.publicKey) }), message.isValid(for: key) else {
      throw .invalidSignature
    }
    try await Self.verifyChain(chain, root: root, at: now)
    guard let publicKey = attestation.publicKey else { throw .missingField(.publicKey) }
    return VerifiedAttestation(
      document: attestation, recipientKey: try RecipientPublicKey(subjectPublicKeyInfo: publicKey), root: root)
  }

  private static func message(_ document: [UInt8]) throws(AttestationError) -> COSESign1 {
    do throws(COSESign1.Malformed) {
      return try COSESign1(decoding: document)
    } catch {
      switch error {
      case .cbor, .structure: throw .malformed
      case .algorithm: throw .unsupportedAlgorithm
      case .unprotectedHeader: throw .unprotectedHeader
      }
    }
  }

  private func checkTimestamp(_ timestamp: UInt64, at now: Date) throws(AttestationError) {
    let age = Duration.seconds(now.timeIntervalSince1970 - Double(timestamp) / 1000)
    guard age <= freshness else { throw .expired }
    guard age >= .zero - futureTolerance else { throw .issuedInFuture }
  }

  /// The chain as the document presents it, from the certificate of its key to the root.
  private static func certificates(of document: AttestationDocument) throws(AttestationError) -> [Certificate] {
    let encoded = [document.certificate] + document.caBundle.reversed()
    guard encoded.count <= maximumCertificates else { throw .tooManyCertificates }
    var chain: [Certificate] = []
    for der in encoded {
      guard let certificate = try? Certificate(derEncoded: der) else { throw .malformedCertificate }
      chain.append(certificate)
    }
    return chain
  }

  private static func verifyChain(
    _ chain: [Certificate], root: AttestationRoot, at now: Date
  ) async throws(AttestationError) {
    guard let leaf = chain.first else { throw .invalidChain }
    var verifier = Verifier(rootCertificates: CertificateStore([root.certificate])) {
      RFC5280Policy(fixedExpiryValidationTime: now)
    }
    let intermediates = CertificateStore(chain.dropFirst().dropLast())
    guard case .validCertificate(let validated) = await verifier.validate(leaf: leaf, intermediates: intermediates),
      validated.elementsEqual(chain)
    else { throw .invalidChain }
  }
}
