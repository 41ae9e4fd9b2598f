// A root certificate that the operator trusts to attest.

internal import Crypto
internal import SwiftASN1
internal import X509

/// A pinned root of attestation: a self-issued certificate authority with a key on P-384.
public struct AttestationRoot: Hashable, Sendable {
  /// Why a certificate cannot be a root.
  public enum LoadingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file is not PEM with certificates and nothing else, or it is longer than 64 KiB.
    case notPEM
    /// The file has no certificate.
    case noCertificate
    /// It is not DER of an X.509 certificate, or longer than the 1024 bytes that a document has room for.
    case notACertificate
    /// It is not a self-issued certificate authority of version 3 with a key on P-384.
    case notARoot

    /// One line for the operator.
    public var description: String {
      switch self {
      case .notPEM: "not a PEM file of certificates alone, of at most 65536 bytes"
      case .noCertificate: "there is no certificate in the file"
      case .notACertificate: "not an X.509 certificate of at most 1024 bytes"
      case .notARoot: "not a self-issued certificate authority with a key on P-384"
      }
    }
  }

  /// The SHA-256 fingerprint of the certificate `aws.nitro-enclaves`, the root G1 that AWS publishes
  /// (https://docs.aws.amazon.com/enclaves/latest/user/verify-root.html).
  public static let awsNitroFingerprint: [UInt8] = [
    0x64, 0x1A, 0x03, 0x21, 0xA3, 0xE2, 0x44, 0xEF, 0xE4, 0x56, 0x46, 0x31, 0x95, 0xD6, 0x06, 0x31,
    0x7E, 0xD7, 0xCD, 0xCC, 0x3C, 0x17, 0x56, 0xE0, 0x98, 0x93, 0xF3, 0xC6, 0x8F, 0x79, 0xBB, 0x5B,
  ]

  /// The certificate, DER. A document's bundle must begin with exactly these bytes.
  public let der: [UInt8]
  /// The SHA-256 digest of ``der``.
  public let fingerprint: [UInt8]
  let certificate: Certificate

  /// Whether this is the root that AWS publishes for Nitro Enclaves.
  public var isAWSNitroRoot: Bool { fingerprint == Self.awsNitroFingerprint }
  /// The certificate's subject, as RFC 4514 writes it.
  public var subject: String { certificate.subject.description }

  /// A root of its DER bytes.
  public init(der: [UInt8]) throws(LoadingError) {
    guard AttestationDocument.Limits.certificateSizes.contains(der.count),
      let certificate = try? Certificate(derEncoded: der)
    else { throw .notACertificate }
    guard certificate.subject == certificate.issuer, CertificateProfile.brokenRule(authority: certificate) == nil else {
      throw .notARoot
    }
    self.der = der
    self.certificate = certificate
    fingerprint = [UInt8](SHA256.hash(data: der))
  }

  /// All roots of a PEM file, in its order; at least one.
  public static func load(pem: [UInt8]) throws(LoadingError) -> [AttestationRoot] {
    guard let blocks = PEMBlocks.read(pem, label: "CERTIFICATE") else { throw .notPEM }
    guard !blocks.isEmpty else { throw .noCertificate }
    var roots: [AttestationRoot] = []
    for block in blocks { roots.append(try AttestationRoot(der: block)) }
    return roots
  }
}
