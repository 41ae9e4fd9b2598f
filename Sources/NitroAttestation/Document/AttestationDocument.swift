// What an enclave says about itself, with every limit of the format.

/// The fields of an attestation document, within the limits of the Nitro Enclaves attestation format.
///
/// A value of this type is well formed and nothing more: only the one inside a ``VerifiedAttestation`` is true.
/// Source: aws/aws-nitro-enclaves-nsm-api, `docs/attestation_process.md`.
public struct AttestationDocument: Hashable, Sendable {
  /// A field, by its name in the document.
  public enum Field: String, Hashable, Sendable, CaseIterable {
    /// ``AttestationDocument/moduleID``
    case moduleID = "module_id"
    /// ``AttestationDocument/digest``
    case digest
    /// ``AttestationDocument/timestamp``
    case timestamp
    /// ``AttestationDocument/pcrs``
    case pcrs
    /// ``AttestationDocument/nitroTPMPCRs``
    case nitroTPMPCRs = "nitrotpm_pcrs"
    /// ``AttestationDocument/certificate``
    case certificate
    /// ``AttestationDocument/caBundle``
    case caBundle = "cabundle"
    /// ``AttestationDocument/publicKey``
    case publicKey = "public_key"
    /// ``AttestationDocument/userData``
    case userData = "user_data"
    /// ``AttestationDocument/nonce``
    case nonce
  }

  /// Which module attests: `i-…-enc…` of an enclave. Not empty.
  public let moduleID: String
  /// When the document was made, in milliseconds since 1970 (UTC). Not 0.
  public let timestamp: UInt64
  /// How the registers' digests are made: always `SHA384`.
  public let digest: String
  /// The enclave's platform configuration registers by index (0–31), 32, 48 or 64 bytes each. Empty in a NitroTPM
  /// document.
  public let pcrs: [Int: [UInt8]]
  /// The NitroTPM's registers, likewise. Empty in an enclave's document; exactly one of the two has entries.
  public let nitroTPMPCRs: [Int: [UInt8]]
  /// The certificate (DER, 1–1024 bytes) of the key that signed the document.
  public let certificate: [UInt8]
  /// The certificates (DER, 1–1024 bytes each) above it: the root first, the one that issued ``certificate`` last.
  public let caBundle: [[UInt8]]
  /// The key that the enclave wants answers encrypted to (1–1024 bytes), if it named one.
  public let publicKey: [UInt8]?
  /// Whatever the enclave added (at most 512 bytes), if it did.
  public let userData: [UInt8]?
  /// What the enclave was asked to repeat (at most 512 bytes), if it was.
  public let nonce: [UInt8]?

  /// A document of these fields. Throws ``AttestationError/invalidField(_:)`` for the first outside its limits, and
  /// ``AttestationError/missingField(_:)`` when it has no registers.
  init(
    moduleID: String, timestamp: UInt64, digest: String = Limits.digest, pcrs: [Int: [UInt8]] = [:],
    nitroTPMPCRs: [Int: [UInt8]] = [:], certificate: [UInt8], caBundle: [[UInt8]], publicKey: [UInt8]?,
    userData: [UInt8]?, nonce: [UInt8]?
  ) throws(AttestationError) {
    guard !moduleID.isEmpty else { throw .invalidField(.moduleID) }
    guard digest == Limits.digest else { throw .invalidField(.digest) }
    guard timestamp > 0 else { throw .invalidField(.timestamp) }
    guard !(pcrs.isEmpty && nitroTPMPCRs.isEmpty) else { throw .missingField(.pcrs) }
    guard pcrs.isEmpty || nitroTPMPCRs.isEmpty else { throw .invalidField(.nitroTPMPCRs) }
    guard pcrs.allSatisfy(Limits.isRegister) else { throw .invalidField(.pcrs) }
    guard nitroTPMPCRs.allSatisfy(Limits.isRegister) else { throw .invalidField(.nitroTPMPCRs) }
    guard Limits.certificateSizes.contains(certificate.count) else { throw .invalidField(.certificate) }
    guard !caBundle.isEmpty, caBundle.allSatisfy({ Limits.certificateSizes.contains($0.count) }) else {
      throw .invalidField(.caBundle)
    }
    guard publicKey.map({ Limits.publicKeySizes.contains($0.count) }) ?? true else { throw .invalidField(.publicKey) }
    guard (userData?.count ?? 0) <= Limits.maximumUserData else { throw .invalidField(.userData) }
    guard (nonce?.count ?? 0) <= Limits.maximumNonce else { throw .invalidField(.nonce) }
    self.moduleID = moduleID
    self.timestamp = timestamp
    self.digest = digest
    self.pcrs = pcrs
    self.nitroTPMPCRs = nitroTPMPCRs
    self.certificate = certificate
    self.caBundle = caBundle
    self.publicKey = publicKey
    self.userData = userData
    self.nonce = nonce
  }
}

extension AttestationDocument {
  /// The limits of the format.
  enum Limits {
    /// The only digest there is.
    static let digest = "SHA384"
    static let payloadSizes = 1...16_384
    /// The largest signed document: a tag, an array, a header of 4 bytes, an empty map and a signature of 96 around the
    /// payload, with room for their lengths.
    static let maximumDocumentSize = 16_384 + 128
    static let registerIndexes = 0...31
    static let registerSizes: Set<Int> = [32, 48, 64]
    static let certificateSizes = 1...1024
    static let publicKeySizes = 1...1024
    static let maximumUserData = 512
    static let maximumNonce = 512

    static func isRegister(_ index: Int, _ value: [UInt8]) -> Bool {
      registerIndexes.contains(index) && registerSizes.contains(value.count)
    }
  }
}
