// Data key pairs of the two specs that swift-crypto has no types for, used with OpenSSL.

import KMSClient

@main
struct Secp256k1AndSM2 {
  static func main() async throws {
    let kms = KMSClient(configuration: try await .default())
    let key = try await kms.createKey(description: "Secp256k1AndSM2").keyMetadata
    // Each curve has the digest that it is used with.
    for (spec, digest) in [(DataKeyPairSpec.eccSECGP256K1, "SHA256"), (.sm2, "SM3")] {
      let pair = try await kms.generateDataKeyPairWithoutPlaintext(keyID: key.arn, keyPairSpec: spec)

      // Later, elsewhere: only the encrypted private key was kept. In clear it is PKCS#8 in memory that is wiped.
      let opened = try await kms.decrypt(ciphertextBlob: pair.privateKeyCiphertextBlob, keyID: key.arn)
      guard let pkcs8 = opened.plaintext else { throw DataKeyError.plaintextMissing }

      let message = Array("a message".utf8)
      let signature = try OpenSSLKey(pkcs8: pkcs8).sign(message, digest: digest)
      let publicKey = try OpenSSLKey(subjectPublicKeyInfo: pair.publicKey)
      let isValid = try publicKey.isValid(signature, of: message, digest: digest)
      let isForged = try publicKey.isValid(signature, of: message + [0], digest: digest)
      print("\(spec.rawValue): verified \(isValid), another message \(isForged)")
    }
    try await kms.shutdown()
  }
}
