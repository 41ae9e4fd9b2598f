// What to keep of a data key pair between making it and using it.

public import KMSModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A data key pair at rest: its public key, its private key encrypted under a KMS key, and what to open it with.
///
/// Nothing in it is secret. The encryption context is not part of it: it should come from where the pair is used (the
/// tenant, the record), because then a pair moved elsewhere does not open.
///
///     let pair = try await kms.generateDataKeyPairWithoutPlaintext(
///       keyID: "alias/app", keyPairSpec: .eccNISTP256, encryptionContext: context)
///     try JSONEncoder().encode(StoredKeyPair(pair)).write(to: file)
public struct StoredKeyPair: Equatable, Sendable {
  /// The kind of key pair.
  public let spec: DataKeyPairSpec
  /// The ARN of the symmetric key that encrypted the private key.
  public let keyID: String
  /// The public key as SubjectPublicKeyInfo DER.
  public let publicKey: [UInt8]
  /// The private key, encrypted under the KMS key.
  public let privateKeyCiphertext: [UInt8]

  public init(spec: DataKeyPairSpec, keyID: String, publicKey: [UInt8], privateKeyCiphertext: [UInt8]) {
    self.spec = spec
    self.keyID = keyID
    self.publicKey = publicKey
    self.privateKeyCiphertext = privateKeyCiphertext
  }

  /// What to keep of a new pair.
  public init(_ output: GenerateDataKeyPairWithoutPlaintextOutput) {
    self.init(
      spec: output.keyPairSpec, keyID: output.keyID, publicKey: output.publicKey,
      privateKeyCiphertext: output.privateKeyCiphertextBlob)
  }

  /// What to keep of a new pair; its plaintext is left behind.
  public init(_ output: GenerateDataKeyPairOutput) {
    self.init(
      spec: output.keyPairSpec, keyID: output.keyID, publicKey: output.publicKey,
      privateKeyCiphertext: output.privateKeyCiphertextBlob)
  }

  /// The public half as a key of swift-crypto: `try stored.publicKey(as: P256.Signing.PublicKey.self)`.
  ///
  /// - Throws: ``DataKeyError``.
  public func publicKey<Key: DataKeyPublicKey>(as type: Key.Type) throws(DataKeyError) -> Key {
    try Key(subjectPublicKeyInfo: publicKey)
  }

  /// The public half as PEM text, `PUBLIC KEY`.
  public var publicKeyPEM: String { KeyPEM.publicKey(subjectPublicKeyInfo: publicKey) }
}

/// Bytes are coded as `Data`, which is base64 in JSON; the spec by its name in the API.
extension StoredKeyPair: Codable {
  private enum CodingKeys: String, CodingKey {
    case spec, keyID, publicKey, privateKeyCiphertext
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      spec: DataKeyPairSpec(rawValue: try container.decode(String.self, forKey: .spec)),
      keyID: try container.decode(String.self, forKey: .keyID),
      publicKey: Array(try container.decode(Data.self, forKey: .publicKey)),
      privateKeyCiphertext: Array(try container.decode(Data.self, forKey: .privateKeyCiphertext)))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(spec.rawValue, forKey: .spec)
    try container.encode(keyID, forKey: .keyID)
    try container.encode(Data(publicKey), forKey: .publicKey)
    try container.encode(Data(privateKeyCiphertext), forKey: .privateKeyCiphertext)
  }
}
