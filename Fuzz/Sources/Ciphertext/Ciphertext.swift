// Ciphertext blobs, of both forms: what strangers send to Decrypt.

import KMSCrypto
import SecureMemory

/// The material of the seeds in `Corpora/Ciphertext`.
private let material = mustSucceed("material of 32 bytes is taken") { () throws(CryptoError) in
  try SymmetricKeyMaterial(SecretBytes((0..<32).map { UInt8($0) }))
}
private let context = ["purpose": "fuzzing"]

func examine(_ input: [UInt8]) {
  if let blob = try? CiphertextBlob.parse(input) { examine(blob, input) }
  if let blob = try? ExternalCiphertextBlob.parse(input) { examine(blob, input) }
  if input.count <= CiphertextBlob.maximumPlaintextByteCount { examineSealing(input) }
}

private func examine(_ blob: CiphertextBlob, _ input: [UInt8]) {
  require(blob.bytes == input, "a blob is all of its bytes")
  require(fails { () throws(CryptoError) in try ExternalCiphertextBlob.parse(input) }, "a blob has one form")
  require(MaterialID(hex: blob.materialID.hex) == blob.materialID, "a material id survives writing and reading")
  require(blob.keyID.utf8.count == 36, "a key id has its length")
  for context in [nil, context] {
    guard let plaintext = try? material.open(blob, encryptionContext: context) else { continue }
    require(plaintext.count == input.count - CiphertextBlob.overhead, "a plaintext has its length")
    require(
      fails { () throws(CryptoError) in try material.open(blob, encryptionContext: ["purpose": "another"]) },
      "a blob is bound to its context")
  }
}

private func examine(_ blob: ExternalCiphertextBlob, _ input: [UInt8]) {
  let again = mustSucceed("a blob's parts make a blob") { () throws(CryptoError) in
    try ExternalCiphertextBlob(keyID: blob.keyID, materialID: blob.materialID, sealed: blob.sealed)
  }
  require(again == blob && again.bytes == input, "a blob has one encoding")
}

private func examineSealing(_ plaintext: [UInt8]) {
  let keyID = "mrk-0123456789abcdef0123456789abcdef"
  guard let materialID = MaterialID([UInt8](repeating: 7, count: MaterialID.byteCount)) else {
    fatalError("broken: 32 bytes are a material id")
  }
  let opened = mustSucceed("what was sealed opens") { () throws(CryptoError) in
    let bytes = try material.seal(
      plaintext: SecretBytes(plaintext), keyID: keyID, materialID: materialID, encryptionContext: context)
    let blob = try CiphertextBlob.parse(bytes)
    require(blob.keyID == keyID && blob.materialID == materialID, "a blob names what sealed it")
    var damaged = bytes
    let position = plaintext.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % bytes.count
    damaged[position] ^= 1
    if let damaged = try? CiphertextBlob.parse(damaged) {
      require(
        fails { () throws(CryptoError) in try material.open(damaged, encryptionContext: context) },
        "no byte of a blob can be changed")
    }
    return try material.open(blob, encryptionContext: context)
  }
  require(opened == SecretBytes(plaintext), "a plaintext survives sealing and opening")
}
