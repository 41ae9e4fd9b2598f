// Envelopes for attested recipients, in BER: what whoever is between service and enclave may send the enclave.

@testable import NitroAttestation
import Foundation
import SecureMemory

/// The recipient of the seeds in `Corpora/RecipientEnvelope`, made for this purpose only; its key is beside this file.
private let key = mustSucceed("the recipient's key is read") { () throws in
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "recipient.pem")
  return try RecipientPrivateKey(pemOrDER: SecretBytes([UInt8](try Data(contentsOf: file))))
}
private let publicKey = mustSucceed("the recipient's public key is read") { () throws(AttestationError) in
  try RecipientPublicKey(subjectPublicKeyInfo: key.publicKey)
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
