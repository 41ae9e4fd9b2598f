// Signatures checked locally: each valid one is accepted, and nothing that KMS would refuse.

import Crypto
import Foundation
import KMSClient
import Testing

@Suite("Signature verification")
struct SignatureVerificationTests {
  private let message = SignatureVector.message

  private func key(
    _ spec: KeySpec, _ publicKey: [UInt8], _ algorithms: [SigningAlgorithm]?, usage: KeyUsage = .signVerify
  ) throws -> KMSPublicKey {
    try KMSPublicKey(
      GetPublicKeyOutput(
        keyID: "arn", publicKey: publicKey, keySpec: spec, keyUsage: usage, signingAlgorithms: algorithms))
  }

  private func key(of vector: SignatureVector) throws -> KMSPublicKey {
    try key(vector.keySpec, vector.publicKey, SigningAlgorithm.allKnown)
  }

  private func digest(_ algorithm: SigningAlgorithm) -> [UInt8] {
    switch algorithm {
    case .rsassaPSSSHA256, .rsassaPKCS1V15SHA256, .ecdsaSHA256: Array(SHA256.hash(data: message))
    case .rsassaPSSSHA384, .rsassaPKCS1V15SHA384, .ecdsaSHA384: Array(SHA384.hash(data: message))
    default: Array(SHA512.hash(data: message))
    }
  }

  @Test("valid signatures over the message", arguments: SignatureVector.hashing + SignatureVector.whole)
  func valid(vector: SignatureVector) throws {
    let key = try key(of: vector)
    try key.verify(signature: vector.signature, of: message, algorithm: vector.algorithm)
    try key.verify(signature: vector.signature, of: SecretBytes(message), algorithm: vector.algorithm)
  }

  @Test("valid signatures over the digest", arguments: SignatureVector.hashing)
  func validDigest(vector: SignatureVector) throws {
    let key = try key(of: vector)
    let digest = digest(vector.algorithm)
    try key.verify(signature: vector.signature, ofDigest: digest, algorithm: vector.algorithm)
    for index in [0, digest.count - 1] {
      var other = digest
      other[index] ^= 1
      #expect(throws: PublicKeyError.invalidSignature) {
        try key.verify(signature: vector.signature, ofDigest: other, algorithm: vector.algorithm)
      }
    }
    for other in [[], Array(digest.dropLast()), digest + [0], [UInt8](repeating: 0, count: 5000)] {
      #expect(throws: PublicKeyError.digestLength(expected: digest.count)) {
        try key.verify(signature: vector.signature, ofDigest: other, algorithm: vector.algorithm)
      }
    }
  }

  @Test("a digest of swift-crypto as it is")
  func digestValue() throws {
    let vector = try #require(SignatureVector.hashing.first { $0.algorithm == .rsassaPSSSHA256 })
    try key(of: vector).verify(
      signature: vector.signature, ofDigest: SHA256.hash(data: message), algorithm: vector.algorithm)
  }

  @Test(
    "another message, and changed, cut and lengthened signatures",
    arguments: SignatureVector.hashing + SignatureVector.whole)
  func invalid(vector: SignatureVector) throws {
    let key = try key(of: vector)
    for other in [[], message + [0], Array(message.dropLast())] {
      #expect(throws: PublicKeyError.invalidSignature) {
        try key.verify(signature: vector.signature, of: other, algorithm: vector.algorithm)
      }
    }
    var signatures = [
      [], [0], vector.signature + [0], Array(vector.signature.dropLast()), [UInt8](repeating: 0, count: 64),
    ]
    for index in stride(from: 0, to: vector.signature.count, by: max(1, vector.signature.count / 8)) {
      var changed = vector.signature
      changed[index] ^= 0x10
      signatures.append(changed)
    }
    for signature in signatures {
      #expect(throws: PublicKeyError.invalidSignature) {
        try key.verify(signature: signature, of: message, algorithm: vector.algorithm)
      }
    }
  }

  @Test("a signature is of one algorithm only", arguments: SignatureVector.hashing)
  func otherAlgorithms(vector: SignatureVector) throws {
    let key = try key(of: vector)
    for algorithm in SigningAlgorithm.allKnown where algorithm != vector.algorithm {
      let isRSA = algorithm.rawValue.hasPrefix("RSA") && vector.keySpec == .rsa2048
      let expected: PublicKeyError = isRSA ? .invalidSignature : .unsupportedAlgorithm(algorithm.rawValue)
      #expect(throws: expected) {
        try key.verify(signature: vector.signature, of: message, algorithm: algorithm)
      }
    }
  }

  @Test("PSS with another salt or mask is refused, as by KMS", arguments: SignatureVector.otherPSS)
  func otherPSS(signature: [UInt8]) throws {
    let vector = try #require(SignatureVector.hashing.first { $0.algorithm == .rsassaPSSSHA256 })
    #expect(signature.count == 256)
    #expect(throws: PublicKeyError.invalidSignature) {
      try key(of: vector).verify(signature: signature, of: message, algorithm: .rsassaPSSSHA256)
    }
  }

  @Test("ECDSA signatures that are not DER")
  func notDER() throws {
    let vector = try #require(SignatureVector.hashing.first { $0.algorithm == .ecdsaSHA256 })
    let key = try key(of: vector)
    var longNumber = vector.signature  // r with a needless zero in front: BER, not DER
    longNumber.insert(0, at: 4)
    longNumber[1] += 1
    longNumber[3] += 1
    let huge: [UInt8] = [0x30, 0x46, 0x02, 0x41] + [UInt8](repeating: 1, count: 65) + [0x02, 0x01, 0x01]
    let zeros: [UInt8] = [0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00]
    let negative: [UInt8] = [0x30, 0x06, 0x02, 0x01, 0xFF, 0x02, 0x01, 0x01]
    for signature in [SignatureVector.p256RS, longNumber, huge, zeros, negative] {
      #expect(throws: PublicKeyError.invalidSignature) {
        try key.verify(signature: signature, of: message, algorithm: .ecdsaSHA256)
      }
    }
  }

  @Test("algorithms that sign whole messages take no digest", arguments: SignatureVector.whole)
  func wholeOnly(vector: SignatureVector) throws {
    #expect(throws: PublicKeyError.digestNotAccepted(vector.algorithm)) {
      try key(of: vector).verify(
        signature: vector.signature, ofDigest: SHA512.hash(data: message), algorithm: vector.algorithm)
    }
  }

  @Test("keys that do not sign, or do not offer the algorithm")
  func refusals() throws {
    let vector = try #require(SignatureVector.hashing.first { $0.algorithm == .ecdsaSHA256 })
    let agreement = try key(vector.keySpec, vector.publicKey, nil, usage: .keyAgreement)
    #expect(throws: PublicKeyError.otherKeyUsage(.keyAgreement)) {
      try agreement.verify(signature: vector.signature, of: message, algorithm: .ecdsaSHA256)
    }
    for offered in [nil, [], [SigningAlgorithm.ecdsaSHA384]] as [[SigningAlgorithm]?] {
      let key = try key(vector.keySpec, vector.publicKey, offered)
      #expect(throws: PublicKeyError.algorithmNotOffered("ECDSA_SHA_256")) {
        try key.verify(signature: vector.signature, of: message, algorithm: .ecdsaSHA256)
      }
    }
  }

  @Test("what cannot be computed here says so")
  func unsupported() throws {
    let secp256k1 = SignatureVector.secp256k1
    #expect(throws: PublicKeyError.unsupportedAlgorithm("ECDSA_SHA_256")) {
      try key(of: secp256k1).verify(signature: secp256k1.signature, of: message, algorithm: .ecdsaSHA256)
    }
    let sm2 = try key(.sm2, KeyVectors.foreignPublicKeys[1], [.sm2dsa])
    #expect(throws: PublicKeyError.unsupportedAlgorithm("SM2DSA")) {
      try sm2.verify(signature: [1], of: message, algorithm: .sm2dsa)
    }
    let ed25519 = try key(.eccNISTEdwards25519, KeyVectors.ed25519Public, [.ed25519PHSHA512])
    #expect(throws: PublicKeyError.unsupportedAlgorithm("ED25519_PH_SHA_512")) {
      try ed25519.verify(signature: [1], ofDigest: SHA512.hash(data: message), algorithm: .ed25519PHSHA512)
    }
    let mlDSA44 = try key(.mlDSA44, [1], [.mlDSASHAKE256])
    #expect(throws: PublicKeyError.unsupportedAlgorithm("ML_DSA_SHAKE_256")) {
      try mlDSA44.verify(signature: [1], of: message, algorithm: .mlDSASHAKE256)
    }
  }
}
