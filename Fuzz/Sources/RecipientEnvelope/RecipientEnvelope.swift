// Envelopes for attested recipients, in BER: what whoever is between service and enclave may send the enclave.

import Foundation
import SecureMemory

@testable import NitroAttestation

/// The recipient of the seeds: that of `Tests/NitroAttestationTests/Vectors/envelopes.json`, made for this purpose only.
private let key = mustSucceed("the recipient's key is read") { () throws in
  let repository = (0..<4).reduce(URL(filePath: #filePath)) { folder, _ in folder.deletingLastPathComponent() }
  let vectors = repository.appending(path: "Tests/NitroAttestationTests/Vectors/envelopes.json")
  let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: vectors))
  return try RecipientPrivateKey(derRepresentation: SecretBytes(file.privateKey))
}
private let publicKey = mustSucceed("the recipient's public key is read") { () throws(AttestationError) in
  try RecipientPublicKey(subjectPublicKeyInfo: key.publicKey)
}

private struct File: Decodable {
  let privateKey: Data
}

func examine(_ input: [UInt8]) {
  if let data = try? EnvelopedData(decoding: input) { examine(data, input) }
  if input.count <= 4096 { examineSealing(input) }
}

/// However an envelope was encoded, it is the same in the form that is written here.
private func examine(_ data: EnvelopedData, _ input: [UInt8]) {
  let encoded = data.encoded
  if encoded.count <= RecipientEnvelope.maximumSize {
    let again = mustSucceed("a written envelope reads") { () throws(RecipientEnvelopeError) in
      try EnvelopedData(decoding: encoded)
    }
    require(again == data, "an envelope survives writing and reading")
  }
  do throws(RecipientEnvelopeError) {
    let plaintext = try RecipientEnvelope.open(input, with: key)
    let padding = data.encryptedContent.count - plaintext.count
    require((1...16).contains(padding), "a plaintext has its length")
  } catch {
    require(error == .decryption, "an envelope that reads fails in one way")
  }
}

private func examineSealing(_ plaintext: [UInt8]) {
  let envelope = mustSucceed("what fits is sealed") { () throws(RecipientEnvelopeError) in
    try RecipientEnvelope.seal(SecretBytes(plaintext), for: publicKey)
  }
  let opened = mustSucceed("what was sealed opens") { () throws(RecipientEnvelopeError) in
    try RecipientEnvelope.open(envelope, with: key)
  }
  require(opened == SecretBytes(plaintext), "a plaintext survives sealing and opening")
}
