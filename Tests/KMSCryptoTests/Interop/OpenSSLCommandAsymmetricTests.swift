// Asymmetric keys against the openssl command: SM2, RSA and curves, both ways, and keys that it makes.

import Foundation
import KMSCrypto
import SecureMemory
import Testing

@Suite(.needsOpenSSLCommand) struct OpenSSLCommandAsymmetricTests {
  /// Files that live as long as `body` runs.
  private func withFolder<Result>(_ body: ((_ name: String, _ bytes: [UInt8]) throws -> String) throws -> Result) throws
    -> Result
  {
    let folder = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body { name, bytes in
      let file = folder.appending(component: name)
      try Data(bytes).write(to: file)
      return file.path
    }
  }

  /// A key of its own, in PKCS #8.
  private static func generate(_ options: [String]) throws -> [UInt8] {
    try pkcs8(try Tool.openssl.output(["genpkey", "-algorithm"] + options))
  }

  /// `genpkey` and `pkey` write the kinds' older forms when asked for DER.
  private static func pkcs8(_ pem: [UInt8]) throws -> [UInt8] {
    try Tool.openssl.output(["pkcs8", "-topk8", "-nocrypt", "-outform", "DER"], input: pem)
  }

  /// Options of `pkeyutl` for each signature algorithm.
  private static let signatures: [(KeyPairAlgorithm, SignatureAlgorithm, [String])] = [
    (.sm2, .sm2DSA, ["-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"]),
    (.nistP256, .ecdsaSHA256, ["-rawin", "-digest", "sha256"]),
    (.nistP384, .ecdsaSHA384, ["-rawin", "-digest", "sha384"]),
    (.nistP521, .ecdsaSHA512, ["-rawin", "-digest", "sha512"]),
    (.secp256k1, .ecdsaSHA256, ["-rawin", "-digest", "sha256"]),
    (.edwards25519, .ed25519SHA512, ["-rawin"]),
    (.rsa2048, .rsassaPKCS1v15SHA256, ["-rawin", "-digest", "sha256"]),
    (
      .rsa2048, .rsassaPSSSHA384,
      [
        "-rawin", "-digest", "sha384", "-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:48",
        "-pkeyopt", "rsa_mgf1_md:sha384",
      ]
    ),
  ]

  @Test func signatures() throws {
    let message = Array("a message".utf8)
    for (kind, algorithm, options) in Self.signatures {
      let pair = try TestKeys.pair(kind)
      let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: kind)
      try withFolder { file in
        let options = options + ["-keyform", "DER"]
        let input = try file("message", message)
        let theirs = try Tool.openssl.output(
          ["pkeyutl", "-sign", "-inkey", file("private", pair.privateKey.revealed), "-in", input] + options)
        #expect(try key.isValid(theirs, of: .text(message), algorithm), "\(kind)")

        let ours = try file("signature", key.sign(.text(message), algorithm))
        let verify = ["pkeyutl", "-verify", "-pubin", "-inkey", try file("public", pair.publicKey), "-sigfile", ours]
        #expect(try Tool.openssl.run(verify + options + ["-in", input]).status == 0, "\(kind)")
        let altered = try file("altered", message + [0])
        #expect(try Tool.openssl.run(verify + options + ["-in", altered]).status != 0, "\(kind)")
      }
    }
  }

  /// Over a digest: `pkeyutl` without `-rawin`.
  @Test func sm2Digests() throws {
    let pair = try TestKeys.pair(.sm2)
    let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: .sm2)
    let digest = RandomBytes.array(count: 32)
    let input = SigningInput.digest(SecretBytes(digest))
    try withFolder { file in
      let theirs = try Tool.openssl.output([
        "pkeyutl", "-sign", "-inkey", file("private", pair.privateKey.revealed), "-in", file("digest", digest),
        "-keyform", "DER",
      ])
      #expect(try key.isValid(theirs, of: input, .sm2DSA))
      let ours = try file("signature", key.sign(input, .sm2DSA))
      let outcome = try Tool.openssl.run([
        "pkeyutl", "-verify", "-pubin", "-inkey", file("public", pair.publicKey), "-sigfile", ours, "-in",
        file("digest", digest), "-keyform", "DER",
      ])
      #expect(outcome.status == 0)
    }
  }

  @Test(arguments: [
    (KeyPairAlgorithm.sm2, PublicKeyEncryptionAlgorithm.sm2PKE, [String]()),
    (
      .rsa2048, .rsaesOAEPSHA256,
      ["-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha256", "-pkeyopt", "rsa_mgf1_md:sha256"]
    ),
    (
      .rsa3072, .rsaesOAEPSHA1,
      ["-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha1", "-pkeyopt", "rsa_mgf1_md:sha1"]
    ),
  ])
  func encryption(kind: KeyPairAlgorithm, algorithm: PublicKeyEncryptionAlgorithm, options: [String]) throws {
    let pair = try TestKeys.pair(kind)
    let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: kind)
    let plaintext = RandomBytes.array(count: 100)
    try withFolder { file in
      let options = options + ["-keyform", "DER"]
      let theirs = try Tool.openssl.output(
        ["pkeyutl", "-encrypt", "-pubin", "-inkey", file("public", pair.publicKey), "-in", file("in", plaintext)]
          + options)
      #expect(try key.decrypt(theirs, algorithm).revealed == plaintext)
      let ours = try file("ciphertext", key.encrypt(SecretBytes(plaintext), algorithm))
      let decrypted = try Tool.openssl.output(
        ["pkeyutl", "-decrypt", "-inkey", file("private", pair.privateKey.revealed), "-in", ours] + options)
      #expect(decrypted == plaintext)
    }
  }

  @Test(arguments: [
    (KeyPairAlgorithm.rsa2048, ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
    (.nistP256, ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
    (.nistP384, ["EC", "-pkeyopt", "ec_paramgen_curve:P-384"]),
    (.nistP521, ["EC", "-pkeyopt", "ec_paramgen_curve:P-521"]),
    (.secp256k1, ["EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"]), (.edwards25519, ["ED25519"]),
    (.sm2, ["EC", "-pkeyopt", "ec_paramgen_curve:SM2"]),
  ])
  func keysThatItMakesAreImported(kind: KeyPairAlgorithm, options: [String]) throws {
    let der = try Self.generate(options)
    let imported = try KeyPair(importing: SecretBytes(der), as: kind)
    let publicKey = try Tool.openssl.output(["pkey", "-inform", "DER", "-pubout", "-outform", "DER"], input: der)
    #expect(imported.publicKey == publicKey)
    #expect(imported.privateKey.revealed == der)
    for other in KeyPairAlgorithm.allCases where other != kind {
      #expect(throws: CryptoError.malformed) { try KeyPair(importing: SecretBytes(der), as: other) }
    }
    let key = try AsymmetricKeyMaterial(imported.privateKey, algorithm: kind)
    #expect(key.algorithm == kind)
  }

  @Test(arguments: [
    ["EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:explicit"],
    ["EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"], ["RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
    ["RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"], ["X25519"], ["ED448"],
    ["RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_keygen_primes:3"],
    ["RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_keygen_pubexp:3"],
  ])
  func keysThatKMSHasNotAreRefused(options: [String]) throws {
    let der = try Self.generate(options)
    for kind in KeyPairAlgorithm.allCases {
      #expect(throws: CryptoError.malformed, "\(kind)") { try KeyPair(importing: SecretBytes(der), as: kind) }
    }
  }

  /// A private key with its public half compressed.
  @Test func compressedPublicKeysAreRead() throws {
    let pair = try KeyPairAlgorithm.nistP256.generate()
    let pem = try Tool.openssl.output(
      ["pkey", "-inform", "DER", "-ec_conv_form", "compressed"], input: pair.privateKey.revealed)
    let compressed = try Self.pkcs8(pem)
    try #require(compressed != pair.privateKey.revealed)
    #expect(try KeyPair(importing: SecretBytes(compressed), as: .nistP256).privateKey == pair.privateKey)
  }
}
