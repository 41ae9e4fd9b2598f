import Foundation
import SecureMemory
import Testing

@testable import NitroAttestation

@Suite struct AttestedRecipientTests {
  private static let now = SoftwareAttesterTests.now

  @Test("is believed, and opens what is sealed for the key in its document")
  func believed() async throws {
    let attester = try SoftwareAttesterTests.attester()
    let provider = SoftwareAttestationProvider(attester, pcrs: SoftwareAttesterTests.pcrs, moduleID: "i-1-enc2") {
      Self.now
    }
    let recipient = try await AttestedRecipient(
      try TestRecipient.key(), attestedBy: provider, userData: [1], nonce: [2])
    let attestation = try await AttestationVerifier(roots: [attester.root])
      .verify(recipient.attestationDocument, at: Self.now)
    #expect(attestation.recipientKey.subjectPublicKeyInfo == recipient.publicKey)
    #expect(attestation.document.pcrs == SoftwareAttesterTests.pcrs)
    #expect(attestation.document.moduleID == "i-1-enc2")
    #expect(attestation.document.userData == [1])
    #expect(attestation.document.nonce == [2])
    let envelope = try RecipientEnvelope.seal(SecretBytes([3]), for: attestation.recipientKey)
    #expect(try recipient.open(envelope) == SecretBytes([3]))
    #expect(try await recipient.recipient().publicKey == recipient.publicKey)
  }

  @Test("asks its provider about its own key alone")
  func asks() async throws {
    let provider = RecordingProvider(.success([9]))
    let recipient = try await AttestedRecipient(try TestRecipient.key(), attestedBy: provider)
    #expect(recipient.attestationDocument == [9])
    #expect(provider.requests == [.init(publicKey: recipient.publicKey, userData: nil, nonce: nil)])
  }

  @Test("a provider is a source of recipients with keys of their own")
  func source() async throws {
    let provider = RecordingProvider(.success([9]))
    let recipient = try await provider.recipient()
    let publicKey = try RecipientPublicKey(subjectPublicKeyInfo: recipient.publicKey)
    #expect(publicKey.modulusBits == 2048)
    #expect(recipient.publicKey != (try TestRecipient.key().publicKey))
    #expect(provider.requests.map(\.publicKey) == [recipient.publicKey])
    let envelope = try RecipientEnvelope.seal(SecretBytes([1, 2, 3]), for: publicKey)
    #expect(try recipient.open(envelope) == SecretBytes([1, 2, 3]))
    #expect(throws: RecipientEnvelopeError.decryption) {
      try RecipientEnvelope.open(envelope, with: try TestRecipient.key())
    }
  }

  @Test("is not there without a document")
  func failure() async throws {
    let key = try TestRecipient.key()
    await #expect(throws: AttestedRecipientError.provider(.refused(.inputTooLarge))) {
      try await AttestedRecipient(key, attestedBy: RecordingProvider(.failure(.refused(.inputTooLarge))))
    }
    let attester = try SoftwareAttesterTests.attester()
    let wrong = SoftwareAttestationProvider(attester, pcrs: [32: [0]])
    await #expect(throws: AttestedRecipientError.provider(.attester(.document(.invalidField(.pcrs))))) {
      try await AttestedRecipient(key, attestedBy: wrong)
    }
  }

  @Test("says what is wrong in one line")
  func descriptions() {
    let errors: [AttestedRecipientError] = [
      .keyGeneration, .provider(.requestTooLong), .provider(.refused(.inputTooLarge)), .provider(.malformedAnswer),
      .provider(.attester(.signing)), .provider(.other("no quote")),
    ]
    let descriptions = errors.map(\.description)
    #expect(Set(descriptions).count == errors.count)
    #expect(descriptions.contains("the Nitro Secure Module refused: InputTooLarge"))
    #expect(descriptions.last == "no quote")
  }

  @Test("dumps nothing of its private key")
  func redaction() async throws {
    let recipient = try await AttestedRecipient(
      try TestRecipient.key(), attestedBy: RecordingProvider(.success([9])))
    var dumped = ""
    dump(recipient, to: &dumped)
    #expect(dumped.contains("privateKey: <redacted>"))
    #expect(!dumped.contains("_RSA"))
  }
}
