// Attestation documents and what is in them: what strangers send as a Recipient. The first byte picks what the rest is.

@testable import NitroAttestation

private let verification = Verification()

func examine(_ input: [UInt8]) {
  guard let choice = input.first else { return }
  let bytes = Array(input.dropFirst())
  switch choice {
  case 0: examineItem(bytes)
  case 1: examineMessage(bytes)
  case 2: examinePayload(bytes)
  case 3: examinePublicKey(bytes)
  case 4: examineRoot(bytes)
  case 5: examinePEM(bytes)
  case 6: examineAnswer(bytes)
  default: break
  }
}

/// What is read is in the only encoding of its items, whose order is kept.
private func examineItem(_ bytes: [UInt8]) {
  guard let value = try? CBORReader.read(bytes) else { return }
  require(CBORWriter.write(value) == bytes, "an item has one encoding")
}

/// Whatever is believed is, but for its tag, what the verifier's own parts see in it.
private func examineMessage(_ bytes: [UInt8]) {
  let attestation = verification.believed(bytes)
  guard let message = try? COSESign1(decoding: bytes) else {
    return require(attestation == nil, "what is no message is not believed")
  }
  let encoded = message.encoded
  require(bytes == encoded || bytes == [0xD2] + encoded, "a message has one encoding and may have one tag")
  require(!message.isValid(for: verification.publicKey), "a signature cannot be guessed")
  guard let attestation else { return }
  require(
    (try? AttestationDocument(decoding: message.payload)) == attestation.document, "what is believed is what is signed")
  require(
    attestation.recipientKey.subjectPublicKeyInfo == attestation.document.publicKey, "the key is the document's")
  var forged = encoded
  forged[encoded.count / 2] ^= 1
  require(verification.believed(forged) == nil, "no byte of a payload can be changed")
}

/// The payload alone, and signed: nothing but the certificates stands between it and being believed.
private func examinePayload(_ bytes: [UInt8]) {
  guard let document = try? AttestationDocument(decoding: bytes) else { return }
  let again = mustSucceed("a document that was read is written") { () throws(AttestationError) in
    try AttestationDocument(decoding: document.encoded)
  }
  require(again == document, "a document survives writing and reading")
  require(document.pcrs.isEmpty != document.nitroTPMPCRs.isEmpty, "a document has registers of one kind")
  let message = verification.sign(bytes)
  require(message.payload == bytes && message.isValid(for: verification.publicKey), "a signature covers the payload")
  require(verification.believed(message.encoded) == nil, "a key of nobody's is not believed")
}

/// Whatever key is taken can be encrypted to.
private func examinePublicKey(_ bytes: [UInt8]) {
  guard let key = try? RecipientPublicKey(subjectPublicKeyInfo: bytes) else { return }
  require(key.subjectPublicKeyInfo == bytes, "a key is all of its bytes")
  require((2048...8192).contains(key.modulusBits), "a key has its size")
  let envelope = mustSucceed("a key that is taken encrypts") { () throws(RecipientEnvelopeError) in
    try RecipientEnvelope.seal(verification.secret, for: key)
  }
  require((try? EnvelopedData(decoding: envelope)) != nil, "an envelope reads")
}

private func examineRoot(_ bytes: [UInt8]) {
  guard let root = try? AttestationRoot(der: bytes) else { return }
  require(root.der == bytes && !root.subject.isEmpty, "a root is all of its bytes, and has a name")
  let roots = mustSucceed("a root survives PEM") { () throws(AttestationRoot.LoadingError) in
    try AttestationRoot.load(pem: PEMBlocks.write(bytes, label: "CERTIFICATE"))
  }
  require(roots == [root], "a root survives PEM")
}

private func examinePEM(_ bytes: [UInt8]) {
  for label in ["CERTIFICATE", "PRIVATE KEY"] {
    guard let blocks = PEMBlocks.read(bytes, label: label) else { continue }
    let written = blocks.flatMap { PEMBlocks.write($0, label: label) }
    // Written, the blocks may be longer than they were: lines of 64 characters.
    if written.count <= PEMBlocks.maximumSize {
      require(PEMBlocks.read(written, label: label) == blocks, "blocks survive writing and reading")
    }
  }
  _ = try? AttestationRoot.load(pem: bytes)
  _ = try? RecipientPublicKey(pemOrDER: bytes)
}

/// What the Nitro Secure Module answers; the document in it is the answer's own.
private func examineAnswer(_ bytes: [UInt8]) {
  guard let document = try? NSMAttestation.document(in: bytes) else { return }
  require(!document.isEmpty && document.count < bytes.count, "a document is part of the answer")
}
