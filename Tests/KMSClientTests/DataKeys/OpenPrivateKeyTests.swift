// Wrapped private keys opened and held to their spec, type and public key.

import ClientTestSupport
import Crypto
import CryptoExtras
import Foundation
import KMSClient
import Testing

@Suite("Opening private keys")
struct OpenPrivateKeyTests {
  /// A client whose `Decrypt` answers with `plaintext`.
  private func client(_ plaintext: [UInt8]) -> (KMSClient, InMemoryTransport) {
    let transport = InMemoryTransport(
      body:
        #"{"KeyId":"arn","EncryptionAlgorithm":"SYMMETRIC_DEFAULT","Plaintext":"\#(Data(plaintext).base64EncodedString())"}"#
    )
    return (makeClient(transport), transport)
  }

  /// The data key error that a call ended with, nil when it ended otherwise.
  private func keyError<Success>(
    _ call: () async throws(OpenPrivateKeyError) -> Success
  ) async -> DataKeyError? {
    guard case .failure(.key(let error)) = await outcome(call) else { return nil }
    return error
  }

  private func stored(_ pair: PairVector, publicKey: [UInt8]? = nil) -> StoredKeyPair {
    StoredKeyPair(
      spec: pair.spec, keyID: "arn:wrapping", publicKey: publicKey ?? pair.publicKey, privateKeyCiphertext: [1, 2, 3])
  }

  @Test("a key of each spec, with its public half", arguments: PairVector.all)
  func specs(pair: PairVector) async throws {
    let (kms, _) = client(pair.pkcs8)
    let opened = try await kms.openPrivateKey(ciphertext: [1], spec: pair.spec)
    #expect(opened.spec == pair.spec)
    #expect(opened.pkcs8 == SecretBytes(pair.pkcs8))
    #expect(opened.publicKey == pair.publicKey)
    #expect(opened.pem == KeyPEM.privateKey(pkcs8: SecretBytes(pair.pkcs8)))
    let privateBytes = "\(pair.pkcs8)".dropFirst().prefix(80)
    #expect("\(opened)".contains("<redacted>") && !"\(opened)".contains(privateBytes))
  }

  @Test("a key of any other spec is refused, RSA of another size included", arguments: PairVector.all)
  func otherSpecs(pair: PairVector) async {
    let (kms, _) = client(pair.pkcs8)
    for spec in DataKeyPairSpec.allKnown where spec != pair.spec {
      #expect(
        await keyError { () throws(OpenPrivateKeyError) in
          try await kms.openPrivateKey(ciphertext: [1], spec: spec)
        } == .otherKeyType, "\(spec)")
    }
    #expect(
      await keyError { () throws(OpenPrivateKeyError) in
        try await kms.openPrivateKey(ciphertext: [1], spec: .unknown("ECC_NEW"))
      } == .unknownSpec)
  }

  @Test("secp256k1 and SM2 stay PKCS#8, and are held to their curve", arguments: [0, 1])
  func withoutType(index: Int) async throws {
    let specs: [DataKeyPairSpec] = [.eccSECGP256K1, .sm2]
    let key = KeyVectors.foreignPrivateKeys[index]
    let (kms, _) = client(key)
    let opened = try await kms.openPrivateKey(ciphertext: [1], spec: specs[index])
    #expect(opened.pkcs8 == SecretBytes(key))
    #expect(opened.publicKey == nil)
    #expect(throws: DataKeyError.otherKeyType) { _ = try opened.key(as: P256.Signing.PrivateKey.self) }
    try opened.requirePublicKey(KeyVectors.foreignPublicKeys[index])
    #expect(throws: DataKeyError.otherKeyType) { try opened.requirePublicKey(KeyVectors.foreignPublicKeys[1 - index]) }
    for spec in DataKeyPairSpec.allKnown where spec != specs[index] {
      #expect(
        await keyError { () throws(OpenPrivateKeyError) in
          try await kms.openPrivateKey(ciphertext: [1], spec: spec)
        } == .otherKeyType, "\(spec)")
    }
    // A scalar of 31 bytes: the lengths around it are one less each.
    var short = key
    let scalar = try #require(short.firstRange(of: [0x04, 0x20]))
    short.remove(at: scalar.upperBound)
    short[scalar.lowerBound + 1] -= 1
    #expect(throws: DataKeyError.malformedKey) {
      _ = try OpenedPrivateKey(pkcs8: SecretBytes(short), spec: specs[index])
    }
  }

  @Test("plaintext that is no key at all", arguments: [[0], Array("hunter2".utf8), [0x30, 0x82]] as [[UInt8]])
  func noKey(plaintext: [UInt8]) async {
    let (kms, _) = client(plaintext)
    for spec in DataKeyPairSpec.allKnown {
      #expect(
        await keyError { () throws(OpenPrivateKeyError) in
          try await kms.openPrivateKey(ciphertext: [1], spec: spec)
        } == .malformedKey)
    }
  }

  @Test("a key as the type it is used as")
  func types() async throws {
    let pair = try #require(PairVector.of(.eccNISTP256))
    let (kms, transport) = client(pair.pkcs8)
    let signing = try await kms.openPrivateKey(
      ciphertext: [1, 2, 3], as: P256.Signing.PrivateKey.self, encryptionContext: ["tenant": "blue"],
      keyID: "alias/app", grantTokens: ["token"])
    let agreement = try await kms.openPrivateKey(ciphertext: [1], as: P256.KeyAgreement.PrivateKey.self)
    #expect(signing.rawRepresentation == agreement.rawRepresentation)
    #expect(Array(signing.publicKey.derRepresentation) == pair.publicKey)
    let body = try #require(transport.requests.first).body
    #expect(
      String(decoding: body, as: UTF8.self)
        == #"{"CiphertextBlob":"AQID","EncryptionContext":{"tenant":"blue"},"GrantTokens":["token"],"KeyId":"alias/app"}"#
    )
    #expect(
      await keyError { () throws(OpenPrivateKeyError) in
        try await kms.openPrivateKey(ciphertext: [1], as: P384.Signing.PrivateKey.self)
      } == .otherKeyType)
  }

  @Test("a type's key held to a spec, too")
  func typeAndSpec() async throws {
    let pair = try #require(PairVector.of(.rsa3072))
    let (kms, _) = client(pair.pkcs8)
    let anySize = try await kms.openPrivateKey(ciphertext: [1], as: _RSA.Signing.PrivateKey.self)
    let size = try await kms.openPrivateKey(ciphertext: [1], as: _RSA.Encryption.PrivateKey.self, spec: .rsa3072)
    #expect(anySize.keySizeInBits == 3072 && size.keySizeInBits == 3072)
    #expect(
      await keyError { () throws(OpenPrivateKeyError) in
        try await kms.openPrivateKey(ciphertext: [1], as: _RSA.Signing.PrivateKey.self, spec: .rsa2048)
      } == .otherKeyType)
    #expect(
      await keyError { () throws(OpenPrivateKeyError) in
        try await kms.openPrivateKey(ciphertext: [1], as: P256.Signing.PrivateKey.self, spec: .rsa3072)
      } == .otherKeyType)
  }

  @Test("a stored pair opens with its own private key only", arguments: PairVector.all)
  func storedPairs(pair: PairVector) async throws {
    let (kms, transport) = client(pair.pkcs8)
    let opened = try await kms.openPrivateKey(of: stored(pair), encryptionContext: ["tenant": "blue"])
    #expect(opened.publicKey == pair.publicKey)
    let body = String(decoding: try #require(transport.requests.first).body, as: UTF8.self)
    #expect(
      body == #"{"CiphertextBlob":"AQID","EncryptionContext":{"tenant":"blue"},"KeyId":"arn:wrapping"}"#)

    let other = try otherPublicKey(of: pair.spec)
    #expect(
      await keyError { () throws(OpenPrivateKeyError) in
        try await kms.openPrivateKey(of: stored(pair, publicKey: other))
      } == .otherPublicKey)
    let foreign = try #require(PairVector.all.first { $0.spec != pair.spec }).publicKey
    #expect(
      await keyError { () throws(OpenPrivateKeyError) in
        try await kms.openPrivateKey(of: stored(pair, publicKey: foreign))
      } == .otherKeyType)
    #expect(
      await keyError { () throws(OpenPrivateKeyError) in
        try await kms.openPrivateKey(of: stored(pair, publicKey: [1, 2, 3]))
      } == .malformedKey)
  }

  /// A public key of `spec` that is not the vector's.
  private func otherPublicKey(of spec: DataKeyPairSpec) throws -> [UInt8] {
    switch spec {
    case .eccNISTP256: return Array(P256.Signing.PrivateKey().publicKey.derRepresentation)
    case .eccNISTP384: return Array(P384.Signing.PrivateKey().publicKey.derRepresentation)
    case .eccNISTP521: return Array(P521.Signing.PrivateKey().publicKey.derRepresentation)
    case .eccNISTEdwards25519: return KeyVectors.ed25519Public
    default:
      // An RSA key with another modulus of the same size: no one needs its private half.
      let key = try #require(PairVector.of(spec)?.publicKey)
      let primitives = try _RSA.Signing.PublicKey(derRepresentation: key).getKeyPrimitives()
      var modulus = primitives.modulus
      modulus[modulus.startIndex + 100] ^= 1
      return Array(try _RSA.Signing.PublicKey(n: modulus, e: primitives.publicExponent).derRepresentation)
    }
  }

  @Test("a stored pair as a type, and under another key")
  func storedAsType() async throws {
    let pair = try #require(PairVector.of(.eccNISTEdwards25519))
    let (kms, transport) = client(pair.pkcs8)
    let key = try await kms.openPrivateKey(
      of: stored(pair), as: Curve25519.Signing.PrivateKey.self, keyID: "arn:replica")
    #expect(
      try key.publicKey.rawRepresentation
        == stored(pair).publicKey(as: Curve25519.Signing.PublicKey.self).rawRepresentation)
    let body = String(decoding: try #require(transport.requests.first).body, as: UTF8.self)
    #expect(body == #"{"CiphertextBlob":"AQID","KeyId":"arn:replica"}"#)
    #expect(
      await keyError { () throws(OpenPrivateKeyError) in
        try await kms.openPrivateKey(of: stored(pair), as: P256.Signing.PrivateKey.self)
      } == .otherKeyType)
  }

  @Test("the service's refusal is passed on")
  func refusal() async {
    let kms = makeClient(InMemoryTransport(status: 400, body: #"{"__type":"InvalidCiphertextException"}"#))
    guard
      case .failure(.decrypt(.invalidCiphertext)) = await outcome({ () throws(OpenPrivateKeyError) in
        try await kms.openPrivateKey(ciphertext: [1], as: P256.Signing.PrivateKey.self)
      })
    else {
      Issue.record("not the service's refusal")
      return
    }
  }

  @Test("a reply without plaintext")
  func missing() async {
    let kms = makeClient(InMemoryTransport(body: #"{"KeyId":"arn","EncryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#))
    #expect(
      await keyError { () throws(OpenPrivateKeyError) in
        try await kms.openPrivateKey(ciphertext: [1], spec: .rsa2048)
      } == .plaintextMissing)
    #expect(
      await keyError { () throws(OpenPrivateKeyError) in
        try await kms.openPrivateKey(ciphertext: [1], as: P256.Signing.PrivateKey.self)
      } == .plaintextMissing)
  }

  @Test("a new pair's plaintext held to its spec")
  func newPair() throws {
    let pair = try #require(PairVector.of(.eccNISTP384))
    var output = GenerateDataKeyPairOutput(
      privateKeyCiphertextBlob: [1], publicKey: pair.publicKey, keyID: "arn", keyPairSpec: pair.spec,
      privateKeyPlaintext: SecretBytes(pair.pkcs8))
    #expect(try output.openedPrivateKey().publicKey == pair.publicKey)
    output.keyPairSpec = .eccNISTP256
    #expect(throws: DataKeyError.otherKeyType) { _ = try output.openedPrivateKey() }
    output.privateKeyPlaintext = nil
    #expect(throws: DataKeyError.plaintextMissing) { _ = try output.openedPrivateKey() }
  }
}
