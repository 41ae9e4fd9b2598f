// Public keys out of replies, and encrypting under them.

import ClientTestSupport
import Crypto
import CryptoExtras
import Foundation
import KMSClient
import Testing

@Suite("KMS public keys")
struct KMSPublicKeyTests {
  private static let oaep: [EncryptionAlgorithm] = [.rsaesOAEPSHA1, .rsaesOAEPSHA256]

  private func output(
    _ spec: KeySpec, _ publicKey: [UInt8], usage: KeyUsage = .encryptDecrypt,
    _ algorithms: [EncryptionAlgorithm]? = oaep
  ) -> GetPublicKeyOutput {
    GetPublicKeyOutput(
      keyID: "arn", publicKey: publicKey, keySpec: spec, keyUsage: usage, encryptionAlgorithms: algorithms)
  }

  @Test("fetching")
  func fetching() async throws {
    let pair = try #require(PairVector.of(.eccNISTP256))
    let transport = InMemoryTransport(
      body: #"""
        {"KeyId":"arn","PublicKey":"\#(Data(pair.publicKey).base64EncodedString())","KeySpec":"ECC_NIST_P256",
        "KeyUsage":"SIGN_VERIFY","SigningAlgorithms":["ECDSA_SHA_256"]}
        """#)
    let key = try await makeClient(transport).publicKey(keyID: "alias/signer", grantTokens: ["token"])
    #expect(key.keyID == "arn" && key.keySpec == .eccNISTP256 && key.keyUsage == .signVerify)
    #expect(key.signingAlgorithms == [.ecdsaSHA256] && key.encryptionAlgorithms.isEmpty)
    #expect(key.subjectPublicKeyInfo == pair.publicKey)
    #expect(key.pem == KeyPEM.publicKey(subjectPublicKeyInfo: pair.publicKey))
    #expect(Array(try key.key(as: P256.Signing.PublicKey.self).derRepresentation) == pair.publicKey)
    let request = try #require(transport.requests.first)
    #expect(String(decoding: request.body, as: UTF8.self) == #"{"KeyId":"alias/signer","GrantTokens":["token"]}"#)
  }

  @Test("fetching fails as GetPublicKey, or on the key")
  func fetchingFails() async {
    let denied = makeClient(InMemoryTransport(status: 400, body: #"{"__type":"AccessDeniedException"}"#))
    guard
      case .failure(.getPublicKey(.accessDenied)) = await outcome({ () throws(FetchPublicKeyError) in
        try await denied.publicKey(keyID: "k")
      })
    else {
      Issue.record("not denied")
      return
    }
    let garbage = makeClient(
      InMemoryTransport(
        body: #"{"KeyId":"arn","PublicKey":"AQID","KeySpec":"RSA_2048","KeyUsage":"SIGN_VERIFY"}"#))
    guard
      case .failure(.key(.malformedKey)) = await outcome({ () throws(FetchPublicKeyError) in
        try await garbage.publicKey(keyID: "k")
      })
    else {
      Issue.record("took garbage for a key")
      return
    }
  }

  @Test("a key that is not of the spec that the reply names", arguments: PairVector.all)
  func otherSpecs(pair: PairVector) {
    for other in PairVector.all {
      let spec = KeySpec(rawValue: other.spec.rawValue)
      if other.spec == pair.spec {
        #expect(throws: Never.self) { _ = try KMSPublicKey(output(spec, pair.publicKey)) }
      } else {
        #expect(throws: DataKeyError.otherKeyType) { _ = try KMSPublicKey(output(spec, pair.publicKey)) }
      }
    }
    #expect(throws: DataKeyError.otherKeyType) { _ = try KMSPublicKey(output(.mlDSA65, pair.publicKey)) }
  }

  @Test("ML-DSA keys are read to the byte")
  func mlDSA() {
    let key = MLDSAVectors.publicKey65
    #expect(throws: Never.self) { _ = try KMSPublicKey(output(.mlDSA65, key)) }
    #expect(throws: DataKeyError.otherKeyType) { _ = try KMSPublicKey(output(.mlDSA87, key)) }
    #expect(throws: DataKeyError.malformedKey) { _ = try KMSPublicKey(output(.mlDSA65, key + [0])) }
    for count in 0..<40 {
      #expect(throws: DataKeyError.malformedKey) { _ = try KMSPublicKey(output(.mlDSA65, Array(key.prefix(count)))) }
    }
    var unusedBits = key
    unusedBits[21] = 1
    #expect(throws: DataKeyError.malformedKey) { _ = try KMSPublicKey(output(.mlDSA65, unusedBits)) }
  }

  @Test("what is encrypted here is decrypted with the private key", arguments: oaep, [1, 32, 190])
  func encrypt(algorithm: EncryptionAlgorithm, count: Int) throws {
    let pair = try #require(PairVector.of(.rsa2048))
    let key = try KMSPublicKey(output(.rsa2048, pair.publicKey))
    let sealed = try key.encrypt(SecretBytes(repeatElement(7, count: count)), algorithm: algorithm)
    #expect(sealed.keyID == "arn" && sealed.encryptionAlgorithm == algorithm && sealed.ciphertextBlob.count == 256)
    let privateKey = try _RSA.Encryption.PrivateKey(pkcs8: SecretBytes(pair.pkcs8))
    let padding: _RSA.Encryption.Padding = algorithm == .rsaesOAEPSHA1 ? .PKCS1_OAEP : .PKCS1_OAEP_SHA256
    #expect(try privateKey.decrypt(sealed.ciphertextBlob, padding: padding) == Data(repeating: 7, count: count))
    let other: _RSA.Encryption.Padding = algorithm == .rsaesOAEPSHA1 ? .PKCS1_OAEP_SHA256 : .PKCS1_OAEP
    #expect(throws: (any Error).self) { _ = try privateKey.decrypt(sealed.ciphertextBlob, padding: other) }
  }

  @Test(
    "the padding is another library's, too: ciphertexts made by Python's cryptography 48",
    arguments: [
      (
        .rsaesOAEPSHA1,
        """
        Zllhxqk+WzJ/0Ts7gFT4QKpRHc35qGCUbAO6QXF89EPtNCeXL6XFIAWjIJKw7JEfMYfLSwkE2PbU+YGGeFgitdtWow9cM6JVptQ1ROJk8mUc
        pYIwzJKJYcwNlfvC7i9iidI9YKXi1IWJcftX+oVf6utOcMEywJ1p1MDk5eQoeTNKVqm2JjcHmDZAVT0GUpkyyEz8/zrb8eEoskxxgjwv/7wO
        m/ruV5c/Bo/LEHebti3A+5e0koQA3j+PiaeEkPELT9Y3XWwDw3GmS63k7Wpu+JsVT2W33/XQ48IOutEaSSqE+qNaRjASsZvK/yiZpXtv8Kg/
        b8GaY07UCYPFlC/lzg==
        """
      ),
      (
        .rsaesOAEPSHA256,
        """
        a84OQlmDVT1hRWR3yzKKf6KhymjYzw46ob4TApGHMn5m4Ppa1dwBTH53NnMWad8GWIp+HX6ogYjuSn7OyZxdPx4x9N/l4NAt3UWbDtQqC9w+
        feacTe6WRRgCjWVtfeTDi8X99iIKPwPsf3nX6t6lldqWDj8ddR2uL3625R0ENrB5/vO08N5s+ydXB3VoP9I25YL0+uQAJ1fMWzSw0EPXxCZr
        9HYto3W30ty2O5Ghp7uxieqY52+t+6Alh4z9tz9gqXsLFUoUt59KORYRX5S2LDGVC2IbKvabB0tF7tFBQIaUS5JljoexjX+Hj7M7/tJNDSOj
        MipW3RVLJq/zXELGXw==
        """
      ),
    ] as [(EncryptionAlgorithm, String)])
  func otherLibrary(algorithm: EncryptionAlgorithm, ciphertext: String) throws {
    let privateKey = try _RSA.Encryption.PrivateKey(
      pkcs8: SecretBytes(try #require(PairVector.of(.rsa2048)).pkcs8))
    let padding: _RSA.Encryption.Padding = algorithm == .rsaesOAEPSHA1 ? .PKCS1_OAEP : .PKCS1_OAEP_SHA256
    let bytes = try #require(Data(base64Encoded: ciphertext, options: .ignoreUnknownCharacters))
    #expect(try privateKey.decrypt(bytes, padding: padding) == Data("hunter2".utf8))
  }

  @Test(
    "the longest plaintext is KMS's",
    arguments: [
      (.rsa2048, .rsaesOAEPSHA1, 214), (.rsa2048, .rsaesOAEPSHA256, 190), (.rsa3072, .rsaesOAEPSHA1, 342),
      (.rsa3072, .rsaesOAEPSHA256, 318), (.rsa4096, .rsaesOAEPSHA1, 470), (.rsa4096, .rsaesOAEPSHA256, 446),
    ] as [(DataKeyPairSpec, EncryptionAlgorithm, Int)])
  func limits(spec: DataKeyPairSpec, algorithm: EncryptionAlgorithm, maximum: Int) throws {
    let pair = try #require(PairVector.of(spec))
    let key = try KMSPublicKey(output(KeySpec(rawValue: spec.rawValue), pair.publicKey))
    let longest = SecretBytes(repeatElement(1, count: maximum))
    #expect(try key.encrypt(longest, algorithm: algorithm).ciphertextBlob.isEmpty == false)
    for count in [0, maximum + 1, 5000] {
      #expect(throws: PublicKeyError.plaintextLength(maximum: maximum)) {
        _ = try key.encrypt(SecretBytes(repeatElement(1, count: count)), algorithm: algorithm)
      }
    }
  }

  @Test("keys that do not encrypt, or not with this algorithm")
  func refusals() throws {
    let rsa = try #require(PairVector.of(.rsa2048)).publicKey
    let secret = SecretBytes([1])
    let signing = try KMSPublicKey(output(.rsa2048, rsa, usage: .signVerify))
    #expect(throws: PublicKeyError.otherKeyUsage(.signVerify)) { _ = try signing.encrypt(secret) }
    let unlisted = try KMSPublicKey(output(.rsa2048, rsa, nil))
    #expect(throws: PublicKeyError.algorithmNotOffered("RSAES_OAEP_SHA_256")) { _ = try unlisted.encrypt(secret) }
    let sha1 = try KMSPublicKey(output(.rsa2048, rsa, [.rsaesOAEPSHA1]))
    #expect(throws: PublicKeyError.algorithmNotOffered("RSAES_OAEP_SHA_256")) { _ = try sha1.encrypt(secret) }
    let sm2 = try KMSPublicKey(output(.sm2, KeyVectors.foreignPublicKeys[1], [.sm2pke]))
    #expect(throws: PublicKeyError.unsupportedAlgorithm("SM2PKE")) { _ = try sm2.encrypt(secret, algorithm: .sm2pke) }
    let wrong = try KMSPublicKey(
      output(.eccNISTP256, try #require(PairVector.of(.eccNISTP256)).publicKey, [.rsaesOAEPSHA256]))
    #expect(throws: PublicKeyError.unsupportedAlgorithm("RSAES_OAEP_SHA_256")) { _ = try wrong.encrypt(secret) }
    let later = try KMSPublicKey(output(.rsa2048, rsa, [.unknown("NEW")]))
    #expect(throws: PublicKeyError.unsupportedAlgorithm("NEW")) {
      _ = try later.encrypt(secret, algorithm: .unknown("NEW"))
    }
  }
}
