// Private and public keys, signatures and ciphertexts in DER: what strangers send to ImportKeyMaterial,
// DeriveSharedSecret, Verify and Decrypt. The first byte picks what the rest is.

import KMSCrypto
import SecureMemory

private let imported: [KeyPairAlgorithm] = [
  .nistP256, .nistP384, .nistP521, .secp256k1, .edwards25519, .sm2, .rsa2048, .rsa3072, .rsa4096,
]
private let opened: [(key: AsymmetricKeyMaterial, algorithm: SignatureAlgorithm)] = [
  (KeyPairAlgorithm.nistP256, SignatureAlgorithm.ecdsaSHA256), (.nistP384, .ecdsaSHA384), (.nistP521, .ecdsaSHA512),
  (.secp256k1, .ecdsaSHA256), (.edwards25519, .ed25519SHA512), (.sm2, .sm2DSA),
].map { pair in
  mustSucceed("a generated key opens") { () throws(CryptoError) in
    (try AsymmetricKeyMaterial(pair.0.generate().privateKey, algorithm: pair.0), pair.1)
  }
}
private let message = SigningInput.message(SecretBytes("a message".utf8))

func examine(_ input: [UInt8]) {
  guard let choice = input.first else { return }
  let bytes = Array(input.dropFirst())
  let index = Int(choice & 0x1F)
  switch choice >> 5 {
  case 0: if index < imported.count { examineImport(bytes, as: imported[index]) }
  case 1: if index < opened.count { examineAgreement(opened[index].key, bytes) }
  case 2: if index < opened.count { examineSignature(opened[index].key, bytes, opened[index].algorithm) }
  case 3: examineDecryption(bytes)
  default: break
  }
}

/// A key that was read is written in one form, whose reading gives the same again.
private func examineImport(_ bytes: [UInt8], as algorithm: KeyPairAlgorithm) {
  guard let pair = try? KeyPair(importing: SecretBytes(bytes), as: algorithm) else { return }
  let again = mustSucceed("an imported key imports again") { () throws(CryptoError) in
    try KeyPair(importing: pair.privateKey, as: algorithm)
  }
  require(again.privateKey == pair.privateKey && again.publicKey == pair.publicKey, "a key has one form")
  let key = mustSucceed("an imported key opens") { () throws(CryptoError) in
    try AsymmetricKeyMaterial(pair.privateKey, algorithm: algorithm)
  }
  guard let signing = opened.first(where: { $0.key.algorithm == algorithm })?.algorithm else { return }
  let isValid = mustSucceed("an imported key signs") { () throws(CryptoError) in
    try key.isValid(key.sign(message, signing), of: message, signing)
  }
  require(isValid, "an imported key verifies what it signed")
}

/// The secret is the same whichever way the same point is asked for twice, and is as long as the field.
private func examineAgreement(_ key: AsymmetricKeyMaterial, _ peer: [UInt8]) {
  guard let secret = try? key.sharedSecret(with: peer) else { return }
  let again = mustSucceed("an agreement is repeatable") { () throws(CryptoError) in try key.sharedSecret(with: peer) }
  require(again == secret && [32, 48, 66].contains(secret.count), "an agreement gives one X coordinate")
}

/// Nobody without the private key, which is new in every process, makes a signature.
private func examineSignature(_ key: AsymmetricKeyMaterial, _ signature: [UInt8], _ algorithm: SignatureAlgorithm) {
  let isValid = mustSucceed("any bytes can be asked about") { () throws(CryptoError) in
    try key.isValid(signature, of: message, algorithm)
  }
  require(!isValid, "a signature cannot be guessed")
}

/// Nor a ciphertext that SM2's authentication accepts, but for whoever knows the public key.
private func examineDecryption(_ ciphertext: [UInt8]) {
  guard let sm2 = opened.last?.key else { return }
  require(
    fails { () throws(CryptoError) in try sm2.decrypt(ciphertext, .sm2PKE) }, "a ciphertext cannot be guessed")
}
