// An enclave in software: what it measures, who vouches for it, and the key that its answers are encrypted to.

import Foundation
import KMSCrypto
import KMSModel
import NitroAttestation
import SecureMemory
import Testing

/// An enclave as tests have it, on the clock of ``TestService``.
struct Enclave: Sendable {
  /// Its registers, unless a test says otherwise.
  static let pcrs: [Int: [UInt8]] = [
    0: .init(repeating: 0xAB, count: 48), 1: .init(repeating: 0x01, count: 48), 3: .init(repeating: 0xC3, count: 48),
  ]
  static let moduleID = "i-0a1b2c3d4e5f60718-enc0190a1b2c3d4e5f6"
  /// One for all tests: RSA keys take their time.
  static let shared = Result { try Enclave() }
  /// Another, whose root nobody trusts.
  static let stranger = Result { try Enclave() }

  let root: AttestationRoot
  private let attester: SoftwareAttester
  private let key: RecipientPrivateKey

  private init() throws {
    let made = try SoftwareAttester.createRoot(
      commonName: "keywright.test.nitro-enclaves", at: Date(timeIntervalSince1970: 1_800_000_000))
    root = try #require(try AttestationRoot.load(pem: made.certificate).first)
    attester = try SoftwareAttester(root: root, privateKey: made.privateKey)
    key = try RecipientPrivateKey(derRepresentation: try KeyPairAlgorithm.rsa2048.generate().privateKey)
  }

  /// A document of `now`.
  func document(
    at now: Date, pcrs: [Int: [UInt8]] = pcrs, nitroTPMPCRs: [Int: [UInt8]] = [:], hasPublicKey: Bool = true
  ) throws -> [UInt8] {
    try attester.document(
      publicKey: hasPublicKey ? key.publicKey : nil, pcrs: nitroTPMPCRs.isEmpty ? pcrs : [:],
      nitroTPMPCRs: nitroTPMPCRs, moduleID: Self.moduleID, at: now)
  }

  /// The recipient of a request to `service`.
  func recipient(of service: TestService, pcrs: [Int: [UInt8]] = pcrs) throws -> RecipientInfo {
    Self.recipient(try document(at: service.now, pcrs: pcrs))
  }

  /// A recipient with this document.
  static func recipient(_ document: [UInt8]) -> RecipientInfo {
    RecipientInfo(keyEncryptionAlgorithm: .rsaesOAEPSHA256, attestationDocument: document)
  }

  /// What is in an answer's envelope.
  func open(_ envelope: [UInt8]?) throws -> SecretBytes {
    try RecipientEnvelope.open(try #require(envelope), with: key)
  }
}
