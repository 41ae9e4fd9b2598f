// Makes attestation documents without an enclave, for development and tests.

internal import Crypto
public import SecureMemory
internal import X509

#if canImport(FoundationEssentials)
  public import struct FoundationEssentials.Date
#else
  public import struct Foundation.Date
#endif

/// Attests in software, under a root of its own: what it says is as true as the machine that runs it, so its root
/// belongs in no verifier that guards anything real.
///
/// Documents have the shape of AWS's: each comes with a fresh key, certified for 3 hours by a fresh intermediate.
public struct SoftwareAttester: Sendable {
  /// Why there is no document or no root.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The private key is not PEM of a P-384 key (PKCS #8, or SEC 1).
    case notAPrivateKey
    /// The private key is not that of the root.
    case otherKey
    /// A name is empty, or longer than the 64 bytes that a certificate has room for.
    case unsuitableName
    /// A field is outside the limits of the format.
    case document(AttestationError)
    /// A certificate or a signature cannot be made.
    case signing

    /// One line for the operator.
    public var description: String {
      switch self {
      case .notAPrivateKey: "not a private key on P-384 in PEM"
      case .otherKey: "the private key is not the root certificate's"
      case .unsuitableName: "a name in a certificate has 1 to 64 bytes"
      case .document(let error): error.description
      case .signing: "the certificate or its signature cannot be made"
      }
    }
  }

  /// The root that a verifier must trust to believe this attester.
  public let root: AttestationRoot
  private let issuer: AttestationIssuer

  /// Attests under `root`, with its private key as PEM.
  ///
  /// `region` is the AWS Region in the names of the certificates.
  public init(
    root: AttestationRoot, privateKey pem: SecretBytes, region: String = "us-east-1"
  ) throws(Failure) {
    let key = try Self.privateKey(pem)
    guard Certificate.PublicKey(key.publicKey) == root.certificate.publicKey else { throw .otherKey }
    self.root = root
    issuer = AttestationIssuer(root: root, key: key, region: region)
  }

  /// Makes a root: its certificate and its private key (PKCS #8), both PEM.
  ///
  /// It is valid from a minute before `now`, so that clocks may differ a little, for `validity` after `now`.
  public static func createRoot(
    commonName: String, validity: Duration = .seconds(10 * 365 * 86_400), at now: Date
  ) throws(Failure) -> (certificate: [UInt8], privateKey: SecretBytes) {
    let key = P384.Signing.PrivateKey()
    let certificate = try AttestationIssuer.rootCertificate(
      commonName: commonName, key: key, validity: validity, at: now)
    var der = [UInt8](key.derRepresentation)
    var pem = PEMBlocks.write(der, label: "PRIVATE KEY")
    defer {
      SecretBytes.wipe(&der)
      SecretBytes.wipe(&pem)
    }
    return (PEMBlocks.write(certificate, label: "CERTIFICATE"), SecretBytes(pem))
  }

  /// A signed document, without a tag.
  ///
  /// - Parameters:
  ///   - publicKey: The key that answers are to be encrypted to: a DER SubjectPublicKeyInfo. It goes in unchecked.
  ///   - pcrs: Registers by index, 32, 48 or 64 bytes each.
  ///   - nitroTPMPCRs: A NitroTPM's registers, in place of `pcrs`.
  ///   - userData: At most 512 bytes.
  ///   - nonce: At most 512 bytes.
  ///   - moduleID: The module that attests, in AWS's documents an instance's and an enclave's id.
  ///   - now: The document's time.
  public func document(
    publicKey: [UInt8]?, pcrs: [Int: [UInt8]], nitroTPMPCRs: [Int: [UInt8]] = [:], userData: [UInt8]? = nil,
    nonce: [UInt8]? = nil, moduleID: String = "i-0123456789abcdef0-enc0123456789abcdef", at now: Date
  ) throws(Failure) -> [UInt8] {
    let milliseconds = (now.timeIntervalSince1970 * 1000).rounded(.down)
    guard let timestamp = UInt64(exactly: milliseconds) else { throw .document(.invalidField(.timestamp)) }
    let signer = try issuer.certifiedKey(moduleID: moduleID, at: now)
    let document: AttestationDocument
    do throws(AttestationError) {
      document = try AttestationDocument(
        moduleID: moduleID, timestamp: timestamp, pcrs: pcrs, nitroTPMPCRs: nitroTPMPCRs,
        certificate: signer.certificate, caBundle: [root.der, signer.intermediate], publicKey: publicKey,
        userData: userData, nonce: nonce)
    } catch {
      throw .document(error)
    }
    guard let message = try? COSESign1(signing: document.encoded, with: signer.key) else { throw .signing }
    return message.encoded
  }

  private static func privateKey(_ pem: SecretBytes) throws(Failure) -> P384.Signing.PrivateKey {
    try pem.withUnsafeBytes { bytes throws(Failure) in
      for label in ["PRIVATE KEY", "EC PRIVATE KEY"] {
        guard var blocks = PEMBlocks.read(bytes, label: label) else { continue }
        defer { for index in blocks.indices { SecretBytes.wipe(&blocks[index]) } }
        guard blocks.count == 1, let key = try? P384.Signing.PrivateKey(derRepresentation: blocks[0]) else { break }
        return key
      }
      throw .notAPrivateKey
    }
  }
}
