// Certificates to break rules with.

import Crypto
import Foundation
import SwiftASN1
import X509

/// What a certificate of a test chain is to be. A fresh P-384 key and the rules of its place, unless a test changes
/// them.
struct TestCertificate {
  var name: String
  /// The name it claims to be issued under; nil for the issuer's.
  var issuerName: String?
  var key: Certificate.PrivateKey
  /// In seconds from the test's time.
  var validity: ClosedRange<Double> = -3600...3600
  var version = Certificate.Version.v3
  var constraints: BasicConstraints?
  var areConstraintsCritical = true
  var keyUsage: KeyUsage?
  var otherExtensions: [Certificate.Extension] = []
  /// What its issuer signs it with.
  var signatureAlgorithm = Certificate.SignatureAlgorithm.ecdsaWithSHA384

  static func authority(_ name: String, maxPathLength: Int? = nil) -> Self {
    Self(
      name: name, key: .init(P384.Signing.PrivateKey()),
      constraints: .isCertificateAuthority(maxPathLength: maxPathLength),
      keyUsage: KeyUsage(digitalSignature: true, keyCertSign: true, cRLSign: true))
  }

  static func leaf(_ name: String) -> Self {
    Self(
      name: name, key: .init(P384.Signing.PrivateKey()), constraints: .notCertificateAuthority,
      keyUsage: KeyUsage(digitalSignature: true, nonRepudiation: true))
  }

  /// The certificate, issued by `issuer`.
  func der(issuedBy issuer: Self, at now: Date) throws -> [UInt8] {
    var extensions: [Certificate.Extension] = otherExtensions
    if let constraints { extensions.append(try .init(constraints, critical: areConstraintsCritical)) }
    if let keyUsage { extensions.append(try .init(keyUsage, critical: true)) }
    let certificate = try Certificate(
      version: version, serialNumber: .init(), publicKey: key.publicKey,
      notValidBefore: now.addingTimeInterval(validity.lowerBound),
      notValidAfter: now.addingTimeInterval(validity.upperBound),
      issuer: try Self.distinguishedName(issuerName ?? issuer.name), subject: try Self.distinguishedName(name),
      signatureAlgorithm: signatureAlgorithm, extensions: try .init(extensions), issuerPrivateKey: issuer.key)
    var serializer = DER.Serializer()
    try serializer.serialize(certificate)
    return serializer.serializedBytes
  }

  private static func distinguishedName(_ commonName: String) throws -> DistinguishedName {
    try DistinguishedName {
      OrganizationName("Test")
      CommonName(commonName)
    }
  }
}
