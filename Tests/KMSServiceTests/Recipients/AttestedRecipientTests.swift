// Answers for attested recipients: the five operations, and what is wrong with documents.

import Foundation
import KMSModel
@testable import KMSOperations
import NitroAttestation
import SecureMemory
import Testing

@Suite struct AttestedRecipientTests {
  private let enclave: Enclave
  private let service: TestService

  init() async throws {
    enclave = try Enclave.shared.get()
    service = try await TestService(attestationRoots: [enclave.root])
  }

  private func refusal(_ message: String) -> TestService.Refusal {
    TestService.Refusal(status: 400, code: "ValidationException", message: message)
  }

  // MARK: The five operations

  @Test("Decrypt answers with an envelope, and neither Plaintext nor KeyMaterialId")
  func decrypt() async throws {
    let key = try await service.makeKey()
    let secret = Array("for the enclave alone".utf8)
    let blob = try await service.call(
      Encrypt.self, EncryptInput(keyID: key.keyID, plaintext: SecretBytes(secret))
    ).ciphertextBlob
    let answer = try await service.call(
      Decrypt.self, DecryptInput(ciphertextBlob: blob, recipient: try enclave.recipient(of: service)))
    #expect(answer.plaintext == nil)
    #expect(answer.keyMaterialID == nil)
    #expect(answer.keyID == key.arn)
    #expect(answer.encryptionAlgorithm == .symmetricDefault)
    #expect(try enclave.open(answer.ciphertextForRecipient) == SecretBytes(secret))
  }

  @Test("GenerateDataKey answers with an envelope and the ciphertext, and neither Plaintext nor KeyMaterialId")
  func generateDataKey() async throws {
    let key = try await service.makeKey()
    let answer = try await service.call(
      GenerateDataKey.self,
      GenerateDataKeyInput(keyID: key.keyID, keySpec: .aes256, recipient: try enclave.recipient(of: service)))
    #expect(answer.plaintext == nil)
    #expect(answer.keyMaterialID == nil)
    let dataKey = try enclave.open(answer.ciphertextForRecipient)
    #expect(dataKey.count == 32)
    let decrypted = try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: answer.ciphertextBlob))
    #expect(decrypted.plaintext == dataKey)
  }

  @Test("GenerateDataKeyPair answers with an envelope, and without PrivateKeyPlaintext alone")
  func generateDataKeyPair() async throws {
    let key = try await service.makeKey()
    let answer = try await service.call(
      GenerateDataKeyPair.self,
      GenerateDataKeyPairInput(
        keyID: key.keyID, keyPairSpec: .eccNISTP256, recipient: try enclave.recipient(of: service)))
    #expect(answer.privateKeyPlaintext == nil)
    #expect(answer.keyMaterialID != nil)
    #expect(!answer.publicKey.isEmpty)
    let decrypted = try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: answer.privateKeyCiphertextBlob))
    #expect(try enclave.open(answer.ciphertextForRecipient) == decrypted.plaintext)
  }

  @Test("GenerateRandom answers with an envelope alone")
  func generateRandom() async throws {
    let answer = try await service.call(
      GenerateRandom.self, GenerateRandomInput(numberOfBytes: 24, recipient: try enclave.recipient(of: service)))
    #expect(answer.plaintext == nil)
    #expect(try enclave.open(answer.ciphertextForRecipient).count == 24)
  }

  @Test("DeriveSharedSecret answers with an envelope in place of SharedSecret")
  func deriveSharedSecret() async throws {
    let wrapping = try await service.makeKey()
    let peer = try await service.call(
      GenerateDataKeyPair.self, GenerateDataKeyPairInput(keyID: wrapping.keyID, keyPairSpec: .eccNISTP256)
    ).publicKey
    let key = try await service.makeKey(CreateKeyInput(keyUsage: .keyAgreement, keySpec: .eccNISTP256))
    var input = DeriveSharedSecretInput(keyID: key.keyID, keyAgreementAlgorithm: .ecdh, publicKey: peer)
    let secret = try await service.call(DeriveSharedSecret.self, input).sharedSecret
    input.recipient = try enclave.recipient(of: service)
    let answer = try await service.call(DeriveSharedSecret.self, input)
    #expect(answer.sharedSecret == nil)
    #expect(answer.keyOrigin == .awsKMS)
    #expect(try enclave.open(answer.ciphertextForRecipient) == secret)
  }

  @Test("A document serves again while it is fresh, and every answer has a key of its own")
  func twice() async throws {
    let input = GenerateRandomInput(numberOfBytes: 1, recipient: try enclave.recipient(of: service))
    let first = try await service.call(GenerateRandom.self, input).ciphertextForRecipient
    let second = try await service.call(GenerateRandom.self, input).ciphertextForRecipient
    #expect(first != second)
    service.advance(by: 301)
    await #expect(throws: refusal("The attestation document has expired.")) {
      try await service.call(GenerateRandom.self, input)
    }
  }

  // MARK: What is refused

  @Test("Each broken document is refused with its reason")
  func brokenDocuments() async throws {
    let now = service.now
    let good = try enclave.document(at: now)
    var tampered = good
    tampered[tampered.count - 1] ^= 1
    let cases: [(document: [UInt8], message: String)] = [
      (Array("not a document".utf8), AttestationError.malformed.description),
      ([UInt8](repeating: 0, count: 20_000), AttestationError.tooLarge.description),
      (tampered, AttestationError.invalidSignature.description),
      (try enclave.document(at: now.addingTimeInterval(-301)), AttestationError.expired.description),
      (try enclave.document(at: now.addingTimeInterval(61)), AttestationError.issuedInFuture.description),
      (try Enclave.stranger.get().document(at: now), AttestationError.untrustedRoot.description),
      (try enclave.document(at: now, hasPublicKey: false), AttestationError.missingField(.publicKey).description),
    ]
    for (document, message) in cases {
      await #expect(throws: refusal(message)) {
        try await service.call(
          GenerateRandom.self, GenerateRandomInput(numberOfBytes: 8, recipient: Enclave.recipient(document)))
      }
    }
  }

  @Test("Without a root no recipient is believed")
  func noRoots() async throws {
    let service = try await TestService()
    await #expect(throws: refusal("This service trusts no root of attestation documents.")) {
      try await service.call(
        GenerateRandom.self, GenerateRandomInput(numberOfBytes: 8, recipient: try enclave.recipient(of: service)))
    }
  }

  @Test("Both members of Recipient are needed, and one algorithm is known")
  func members() async throws {
    let document = try enclave.document(at: service.now)
    let isNull = { (member: String) in
      "Value null at 'recipient.\(member)' failed to satisfy constraint: Member must not be null"
    }
    let (algorithm, missing) = (isNull("keyEncryptionAlgorithm"), isNull("attestationDocument"))
    let cases: [(RecipientInfo, message: String)] = [
      (RecipientInfo(), "2 validation errors detected: \(algorithm); \(missing)"),
      (RecipientInfo(attestationDocument: document), "1 validation error detected: \(algorithm)"),
      (RecipientInfo(keyEncryptionAlgorithm: .rsaesOAEPSHA256), "1 validation error detected: \(missing)"),
      (
        RecipientInfo(keyEncryptionAlgorithm: .unknown("RSA"), attestationDocument: document),
        """
        1 validation error detected: Value 'RSA' at 'recipient.keyEncryptionAlgorithm' failed to satisfy constraint: \
        Member must satisfy enum value set: [RSAES_OAEP_SHA_256]
        """
      ),
    ]
    for (recipient, message) in cases {
      await #expect(throws: refusal(message)) {
        try await service.call(GenerateRandom.self, GenerateRandomInput(numberOfBytes: 8, recipient: recipient))
      }
    }
  }

  @Test("A dry run checks the recipient, and then does nothing")
  func dryRun() async throws {
    let key = try await service.makeKey()
    var input = GenerateDataKeyInput(
      keyID: key.keyID, keySpec: .aes256, recipient: try enclave.recipient(of: service), dryRun: true)
    await #expect {
      try await service.call(GenerateDataKey.self, input)
    } throws: { ($0 as? TestService.Refusal)?.code == "DryRunOperationException" }
    input.recipient = Enclave.recipient([0])
    await #expect(throws: refusal(AttestationError.malformed.description)) {
      try await service.call(GenerateDataKey.self, input)
    }
  }

  // MARK: What is recorded

  @Test("The audit trail names the module and what it measures")
  func recorded() async throws {
    let verifier = AttestationVerifier(roots: [enclave.root])
    let verified = try await verifier.verify(try enclave.document(at: service.now), at: service.now)
    #expect(
      Dictionary(uniqueKeysWithValues: verified.recorded.map { ($0.name, $0.value) }) == [
        "attestationDocumentModuleId": Enclave.moduleID,
        "attestationDocumentEnclaveImageDigest": String(repeating: "ab", count: 48),
      ])
    let registers = [4: [UInt8](repeating: 4, count: 48), 5: [UInt8](repeating: 5, count: 48)]
    let tpm = try await verifier.verify(
      try enclave.document(at: service.now, nitroTPMPCRs: registers), at: service.now)
    #expect(
      Dictionary(uniqueKeysWithValues: tpm.recorded.map { ($0.name, $0.value) }) == [
        "attestationDocumentModuleId": Enclave.moduleID,
        "attestationDocumentNitroTPMPCR4": String(repeating: "04", count: 48),
      ])
  }
}
