// Certificates like those of the Nitro device, for the software attester.

internal import Crypto
internal import SwiftASN1
internal import X509

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Issues the certificates of software attestation: root → intermediate → the key that signs one document.
struct AttestationIssuer: Sendable {
  /// A fresh key, its certificate and the certificate that issued that one.
  struct CertifiedKey {
    let key: P384.Signing.PrivateKey
    let certificate: [UInt8]
    let intermediate: [UInt8]
  }

  /// How long AWS certifies an enclave's key for.
  static let leafValidity = Duration.seconds(3 * 3600)
  static let intermediateValidity = Duration.seconds(24 * 3600)
  /// How long before its making a certificate is valid.
  static let clockTolerance = Duration.seconds(60)
  /// `ub-common-name` of RFC 5280 appendix A.1.
  static let nameSizes = 1...64

  let root: AttestationRoot
  let key: P384.Signing.PrivateKey
  let region: String

  /// A self-signed root, DER.
  static func rootCertificate(
    commonName: String, key: P384.Signing.PrivateKey, validity: Duration, at now: Date
  ) throws(SoftwareAttester.Failure) -> [UInt8] {
    let name = try name(commonName)
    return try issue(
      name, key: key.publicKey, usage: .authority(maxPathLength: nil), validity: validity, at: now,
      by: (name, key))
  }

  /// A key to sign one document of `moduleID` with.
  func certifiedKey(moduleID: String, at now: Date) throws(SoftwareAttester.Failure) -> CertifiedKey {
    let (intermediateKey, leafKey) = (P384.Signing.PrivateKey(), P384.Signing.PrivateKey())
    var generator = SystemRandomNumberGenerator()
    let identifier = String(generator.next() | 1 << 63, radix: 16)
    let intermediateName = try Self.name("\(identifier).\(region).aws.nitro-enclaves")
    let intermediate = try Self.issue(
      intermediateName, key: intermediateKey.publicKey, usage: .authority(maxPathLength: 0),
      validity: Self.intermediateValidity, at: now, by: (root.certificate.subject, key))
    let leaf = try Self.issue(
      try Self.name("\(moduleID).\(region).aws"), key: leafKey.publicKey, usage: .documents,
      validity: Self.leafValidity, at: now, by: (intermediateName, intermediateKey))
    return CertifiedKey(key: leafKey, certificate: leaf, intermediate: intermediate)
  }

  private enum Usage {
    case authority(maxPathLength: Int?)
    case documents
  }

  private static func name(_ commonName: String) throws(SoftwareAttester.Failure) -> DistinguishedName {
    guard nameSizes.contains(commonName.utf8.count) else { throw .unsuitableName }
    do {
      return try DistinguishedName {
        CountryName("US")
        OrganizationName("Amazon")
        OrganizationalUnitName("AWS")
        CommonName(commonName)
      }
    } catch {
      throw .unsuitableName
    }
  }

  private static func issue(
    _ subject: DistinguishedName, key: P384.Signing.PublicKey, usage: Usage, validity: Duration, at now: Date,
    by issuer: (name: DistinguishedName, key: P384.Signing.PrivateKey)
  ) throws(SoftwareAttester.Failure) -> [UInt8] {
    do {
      let extensions = try Certificate.Extensions {
        switch usage {
        case .authority(let maxPathLength):
          Critical(BasicConstraints.isCertificateAuthority(maxPathLength: maxPathLength))
          Critical(KeyUsage(digitalSignature: true, keyCertSign: true, cRLSign: true))
        case .documents:
          Critical(BasicConstraints.notCertificateAuthority)
          Critical(KeyUsage(digitalSignature: true, nonRepudiation: true))
        }
        SubjectKeyIdentifier(hash: .init(key))
        AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: .init(issuer.key.publicKey)).keyIdentifier)
      }
      let certificate = try Certificate(
        version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key),
        notValidBefore: now.addingTimeInterval(-clockTolerance.seconds),
        notValidAfter: now.addingTimeInterval(validity.seconds), issuer: issuer.name, subject: subject,
        signatureAlgorithm: .ecdsaWithSHA384, extensions: extensions, issuerPrivateKey: .init(issuer.key))
      var serializer = DER.Serializer()
      try serializer.serialize(certificate)
      return serializer.serializedBytes
    } catch {
      throw .signing
    }
  }
}

extension Duration {
  /// The duration in seconds, as `Date` counts.
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
