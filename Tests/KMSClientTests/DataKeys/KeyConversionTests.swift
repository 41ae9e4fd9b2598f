// Data key pairs as keys of swift-crypto: each pair works, and nothing else is taken for one.

import Crypto
import CryptoExtras
import Foundation
import KMSClient
import Testing

/// A pair's DER halves, and how each type reads them.
struct ConversionCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let spec: DataKeyPairSpec
  let pkcs8: [UInt8]
  let subjectPublicKeyInfo: [UInt8]
  /// Whether halves read from these bytes belong together: what one makes, the other accepts.
  let roundTrip: @Sendable (SecretBytes, [UInt8]) throws -> Bool
}

@Suite("Key conversions")
struct KeyConversionTests {
  private static let message = Data("message".utf8)

  static let cases: [ConversionCase] = {
    let p256 = P256.Signing.PrivateKey(compactRepresentable: false)
    let p384 = P384.Signing.PrivateKey(compactRepresentable: false)
    let p521 = P521.Signing.PrivateKey(compactRepresentable: false)
    let rsa = (try? _RSA.Signing.PrivateKey(keySize: .bits2048))
    return [
      ConversionCase(
        testDescription: "P-256 signing", spec: .eccNISTP256, pkcs8: Array(p256.derRepresentation),
        subjectPublicKeyInfo: Array(p256.publicKey.derRepresentation)
      ) { secret, public_ in
        let signature = try P256.Signing.PrivateKey(pkcs8: secret).signature(for: message)
        return try P256.Signing.PublicKey(subjectPublicKeyInfo: public_).isValidSignature(signature, for: message)
      },
      ConversionCase(
        testDescription: "P-256 key agreement", spec: .eccNISTP256, pkcs8: Array(p256.derRepresentation),
        subjectPublicKeyInfo: Array(p256.publicKey.derRepresentation)
      ) { secret, public_ in
        let other = P256.KeyAgreement.PrivateKey()
        let ours = try P256.KeyAgreement.PrivateKey(pkcs8: secret).sharedSecretFromKeyAgreement(with: other.publicKey)
        return try other.sharedSecretFromKeyAgreement(with: .init(subjectPublicKeyInfo: public_)) == ours
      },
      ConversionCase(
        testDescription: "P-384 signing", spec: .eccNISTP384, pkcs8: Array(p384.derRepresentation),
        subjectPublicKeyInfo: Array(p384.publicKey.derRepresentation)
      ) { secret, public_ in
        let signature = try P384.Signing.PrivateKey(pkcs8: secret).signature(for: message)
        return try P384.Signing.PublicKey(subjectPublicKeyInfo: public_).isValidSignature(signature, for: message)
      },
      ConversionCase(
        testDescription: "P-384 key agreement", spec: .eccNISTP384, pkcs8: Array(p384.derRepresentation),
        subjectPublicKeyInfo: Array(p384.publicKey.derRepresentation)
      ) { secret, public_ in
        let other = P384.KeyAgreement.PrivateKey()
        let ours = try P384.KeyAgreement.PrivateKey(pkcs8: secret).sharedSecretFromKeyAgreement(with: other.publicKey)
        return try other.sharedSecretFromKeyAgreement(with: .init(subjectPublicKeyInfo: public_)) == ours
      },
      ConversionCase(
        testDescription: "P-521 signing", spec: .eccNISTP521, pkcs8: Array(p521.derRepresentation),
        subjectPublicKeyInfo: Array(p521.publicKey.derRepresentation)
      ) { secret, public_ in
        let signature = try P521.Signing.PrivateKey(pkcs8: secret).signature(for: message)
        return try P521.Signing.PublicKey(subjectPublicKeyInfo: public_).isValidSignature(signature, for: message)
      },
      ConversionCase(
        testDescription: "P-521 key agreement", spec: .eccNISTP521, pkcs8: Array(p521.derRepresentation),
        subjectPublicKeyInfo: Array(p521.publicKey.derRepresentation)
      ) { secret, public_ in
        let other = P521.KeyAgreement.PrivateKey()
        let ours = try P521.KeyAgreement.PrivateKey(pkcs8: secret).sharedSecretFromKeyAgreement(with: other.publicKey)
        return try other.sharedSecretFromKeyAgreement(with: .init(subjectPublicKeyInfo: public_)) == ours
      },
      ed25519("Ed25519 (RFC 8410)", KeyVectors.ed25519),
      ed25519("Ed25519 with its public key attached (RFC 8410)", KeyVectors.ed25519WithPublicKey),
      ConversionCase(
        testDescription: "RSA signing", spec: .rsa2048, pkcs8: rsa.map { Array($0.pkcs8DERRepresentation) } ?? [],
        subjectPublicKeyInfo: rsa.map { Array($0.publicKey.derRepresentation) } ?? []
      ) { secret, public_ in
        let signature = try _RSA.Signing.PrivateKey(pkcs8: secret).signature(for: message, padding: .PSS)
        return try _RSA.Signing.PublicKey(subjectPublicKeyInfo: public_)
          .isValidSignature(signature, for: message, padding: .PSS)
      },
      ConversionCase(
        testDescription: "RSA encryption", spec: .rsa2048, pkcs8: rsa.map { Array($0.pkcs8DERRepresentation) } ?? [],
        subjectPublicKeyInfo: rsa.map { Array($0.publicKey.derRepresentation) } ?? []
      ) { secret, public_ in
        let publicKey = try _RSA.Encryption.PublicKey(subjectPublicKeyInfo: public_)
        let ciphertext = try publicKey.encrypt(message, padding: .PKCS1_OAEP_SHA256)
        return try _RSA.Encryption.PrivateKey(pkcs8: secret).decrypt(ciphertext, padding: .PKCS1_OAEP_SHA256) == message
      },
    ]
  }()

  private static func ed25519(_ description: String, _ pkcs8: [UInt8]) -> ConversionCase {
    ConversionCase(
      testDescription: description, spec: .eccNISTEdwards25519, pkcs8: pkcs8,
      subjectPublicKeyInfo: KeyVectors.ed25519Public
    ) { secret, public_ in
      let signature = try Curve25519.Signing.PrivateKey(pkcs8: secret).signature(for: message)
      return try Curve25519.Signing.PublicKey(subjectPublicKeyInfo: public_).isValidSignature(signature, for: message)
    }
  }

  private static let privateTypes: [(name: String, read: @Sendable (SecretBytes) throws(DataKeyError) -> Void)] = [
    ("P256", { (key) throws(DataKeyError) in _ = try P256.Signing.PrivateKey(pkcs8: key) }),
    ("P256", { (key) throws(DataKeyError) in _ = try P256.KeyAgreement.PrivateKey(pkcs8: key) }),
    ("P384", { (key) throws(DataKeyError) in _ = try P384.Signing.PrivateKey(pkcs8: key) }),
    ("P384", { (key) throws(DataKeyError) in _ = try P384.KeyAgreement.PrivateKey(pkcs8: key) }),
    ("P521", { (key) throws(DataKeyError) in _ = try P521.Signing.PrivateKey(pkcs8: key) }),
    ("P521", { (key) throws(DataKeyError) in _ = try P521.KeyAgreement.PrivateKey(pkcs8: key) }),
    ("Ed25519", { (key) throws(DataKeyError) in _ = try Curve25519.Signing.PrivateKey(pkcs8: key) }),
    ("RSA", { (key) throws(DataKeyError) in _ = try _RSA.Signing.PrivateKey(pkcs8: key) }),
    ("RSA", { (key) throws(DataKeyError) in _ = try _RSA.Encryption.PrivateKey(pkcs8: key) }),
  ]

  private static let publicTypes: [(name: String, read: @Sendable ([UInt8]) throws(DataKeyError) -> Void)] = [
    ("P256", { (key) throws(DataKeyError) in _ = try P256.Signing.PublicKey(subjectPublicKeyInfo: key) }),
    ("P256", { (key) throws(DataKeyError) in _ = try P256.KeyAgreement.PublicKey(subjectPublicKeyInfo: key) }),
    ("P384", { (key) throws(DataKeyError) in _ = try P384.Signing.PublicKey(subjectPublicKeyInfo: key) }),
    ("P384", { (key) throws(DataKeyError) in _ = try P384.KeyAgreement.PublicKey(subjectPublicKeyInfo: key) }),
    ("P521", { (key) throws(DataKeyError) in _ = try P521.Signing.PublicKey(subjectPublicKeyInfo: key) }),
    ("P521", { (key) throws(DataKeyError) in _ = try P521.KeyAgreement.PublicKey(subjectPublicKeyInfo: key) }),
    ("Ed25519", { (key) throws(DataKeyError) in _ = try Curve25519.Signing.PublicKey(subjectPublicKeyInfo: key) }),
    ("RSA", { (key) throws(DataKeyError) in _ = try _RSA.Signing.PublicKey(subjectPublicKeyInfo: key) }),
    ("RSA", { (key) throws(DataKeyError) in _ = try _RSA.Encryption.PublicKey(subjectPublicKeyInfo: key) }),
  ]

  @Test("the halves of each pair belong together", arguments: cases)
  func roundTrip(pair: ConversionCase) throws {
    #expect(try pair.roundTrip(SecretBytes(pair.pkcs8), pair.subjectPublicKeyInfo))
  }

  @Test("each key is read by the types of its own algorithm, and refused by the others", arguments: cases)
  func otherTypes(pair: ConversionCase) {
    let own = Self.privateTypes.filter { type in (try? type.read(SecretBytes(pair.pkcs8))) != nil }
    #expect(Set(own.map(\.name)).count == 1)
    for type in Self.privateTypes where !own.contains(where: { $0.name == type.name }) {
      #expect(throws: DataKeyError.otherKeyType) { try type.read(SecretBytes(pair.pkcs8)) }
    }
    for type in Self.publicTypes {
      if own.contains(where: { $0.name == type.name }) {
        #expect(throws: Never.self) { try type.read(pair.subjectPublicKeyInfo) }
      } else {
        #expect(throws: DataKeyError.otherKeyType) { try type.read(pair.subjectPublicKeyInfo) }
      }
    }
  }

  @Test("keys that swift-crypto has no type for are refused by every type")
  func foreignKeys() {
    for key in KeyVectors.foreignPrivateKeys {
      for type in Self.privateTypes {
        #expect(throws: DataKeyError.otherKeyType) { try type.read(SecretBytes(key)) }
      }
    }
    for key in KeyVectors.foreignPublicKeys {
      for type in Self.publicTypes {
        #expect(throws: DataKeyError.otherKeyType) { try type.read(key) }
      }
    }
  }

  @Test("a cut-off or lengthened key is malformed, never a crash", arguments: cases)
  func truncation(pair: ConversionCase) {
    let private_ = Self.privateTypes.filter { type in (try? type.read(SecretBytes(pair.pkcs8))) != nil }
    let public_ = Self.publicTypes.filter { type in (try? type.read(pair.subjectPublicKeyInfo)) != nil }
    #expect(!private_.isEmpty && !public_.isEmpty)
    for type in private_ {
      for count in pair.pkcs8.indices {
        #expect(throws: DataKeyError.malformedKey) { try type.read(SecretBytes(pair.pkcs8.prefix(count))) }
      }
      #expect(throws: DataKeyError.malformedKey) { try type.read(SecretBytes(pair.pkcs8 + [0])) }
    }
    for type in public_ {
      for count in pair.subjectPublicKeyInfo.indices {
        #expect(throws: DataKeyError.malformedKey) { try type.read(Array(pair.subjectPublicKeyInfo.prefix(count))) }
      }
      #expect(throws: DataKeyError.malformedKey) { try type.read(pair.subjectPublicKeyInfo + [0]) }
    }
  }

  @Test("any changed byte of a key's frame gives a key or a typed error", arguments: cases)
  func changedBytes(pair: ConversionCase) {
    // The structure is in the first bytes; after them come numbers, which are slow to check and all alike.
    let frame = 0..<48
    for value in [0x00, 0x30, 0x80, 0x82, 0xFF] as [UInt8] {
      for index in frame {
        if pair.pkcs8.indices.contains(index) {
          var key = pair.pkcs8
          key[index] = value
          for type in Self.privateTypes {
            do { try type.read(SecretBytes(key)) } catch { #expect(error != .plaintextMissing) }
          }
        }
        if pair.subjectPublicKeyInfo.indices.contains(index) {
          var key = pair.subjectPublicKeyInfo
          key[index] = value
          for type in Self.publicTypes {
            do { try type.read(key) } catch { #expect(error != .plaintextMissing) }
          }
        }
      }
    }
  }

  @Test("a scalar of zero is not a key")
  func zeroScalar() {
    var key = Array(P256.Signing.PrivateKey().derRepresentation)
    // SEQUENCE, version and AlgorithmIdentifier are 26 bytes, the frame of ECPrivateKey 10 (RFC 5915).
    key.replaceSubrange(36..<68, with: [UInt8](repeating: 0, count: 32))
    #expect(throws: DataKeyError.malformedKey) { _ = try P256.Signing.PrivateKey(pkcs8: SecretBytes(key)) }
  }

  @Test("versions other than 0 and 1 are refused", arguments: [0, 1, 2, 0x7F, 0x80] as [UInt8])
  func version(number: UInt8) {
    var key = KeyVectors.ed25519
    key[4] = number  // after the SEQUENCE's and the INTEGER's tag and length
    if number <= 1 {
      #expect(throws: Never.self) { _ = try Curve25519.Signing.PrivateKey(pkcs8: SecretBytes(key)) }
    } else {
      #expect(throws: DataKeyError.malformedKey) { _ = try Curve25519.Signing.PrivateKey(pkcs8: SecretBytes(key)) }
    }
  }

  @Test("symmetric keys")
  func symmetric() throws {
    let key = try SymmetricKey(secret: SecretBytes(0..<32))
    #expect(key == SymmetricKey(data: Array(UInt8(0)..<32)))
    #expect(throws: DataKeyError.malformedKey) { _ = try SymmetricKey(secret: SecretBytes([])) }
  }
}
