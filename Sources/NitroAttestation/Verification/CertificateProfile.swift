// What an attestation's certificates must be, beyond RFC 5280's rules of validation.

internal import Crypto
internal import X509

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The rules for each certificate of a chain that swift-certificates' `RFC5280Policy` leaves open or does not report.
///
/// Signatures, path lengths, name constraints and unknown critical extensions are that policy's and its `Verifier`'s
/// work.
enum CertificateProfile {
  /// Checks a chain: the certificate of the document's key first, the root last.
  static func check(_ chain: [Certificate], at now: Date) throws(AttestationError) {
    for certificate in chain {
      guard now >= certificate.notValidBefore else { throw .certificateNotYetValid }
      guard now <= certificate.notValidAfter else { throw .certificateExpired }
    }
    for (position, certificate) in chain.enumerated() {
      let rule = position == 0 ? brokenRule(leaf: certificate) : brokenRule(authority: certificate)
      if let rule { throw .certificateRule(rule) }
    }
    // With names that chain and do not recur there is one way from the leaf to the root, whatever a builder tries.
    for (certificate, issuer) in zip(chain, chain.dropFirst()) where certificate.issuer != issuer.subject {
      throw .certificateRule(.issuerName)
    }
    guard Set(chain.map(\.subject)).count == chain.count else { throw .certificateRule(.distinctNames) }
  }

  /// The first rule that a certificate authority breaks.
  static func brokenRule(authority certificate: Certificate) -> CertificateRule? {
    if let rule = brokenRuleOfAll(certificate) { return rule }
    guard certificate.extensions.contains(where: { $0.oid == .X509ExtensionID.basicConstraints && $0.critical }),
      case .isCertificateAuthority = try? certificate.extensions.basicConstraints
    else { return .basicConstraints }
    return (try? certificate.extensions.keyUsage)?.keyCertSign == true ? nil : .keyUsage
  }

  /// The first rule that the certificate of the document's key breaks.
  static func brokenRule(leaf certificate: Certificate) -> CertificateRule? {
    if let rule = brokenRuleOfAll(certificate) { return rule }
    // A path length without authority does not parse, so it ends here as well.
    do {
      if case .isCertificateAuthority = try certificate.extensions.basicConstraints { return .basicConstraints }
    } catch {
      return .basicConstraints
    }
    return (try? certificate.extensions.keyUsage)?.digitalSignature == true ? nil : .keyUsage
  }

  private static func brokenRuleOfAll(_ certificate: Certificate) -> CertificateRule? {
    guard certificate.version == .v3 else { return .version }
    guard P384.Signing.PublicKey(certificate.publicKey) != nil else { return .keyAlgorithm }
    return certificate.signatureAlgorithm == .ecdsaWithSHA384 ? nil : .signatureAlgorithm
  }
}
