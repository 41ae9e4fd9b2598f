// The rules by which CreateKey makes a key, and its first material.

import KMSCrypto
import KMSDomain
import KMSModel
import SecureMemory
import struct FoundationEssentials.Date

/// What CreateKey asks for, checked and with its defaults filled in.
struct NewKey {
  let spec: KMSDomain.KeySpec
  let usage: KMSDomain.KeyUsage
  let origin: KeyOrigin
  let multiRegion: Bool
  let description: String
  let policy: String?
  let tags: [KMSDomain.Tag]

  /// Applies the rules that need no key.
  init(_ input: CreateKeyInput) throws(Fault) {
    spec = try Self.spec(input)
    usage = try Self.usage(input, spec)
    origin = try Self.origin(input)
    multiRegion = input.multiRegion ?? false
    description = input.description ?? ""
    policy = try Self.policy(input.policy)
    tags = try Self.tags(input.tags ?? [])
    if origin == .awsKMS, spec.keyClass == .asymmetric, spec.keyPairAlgorithm == nil {
      throw .unsupported("KeySpec \(spec.rawValue) is not supported by this service yet.")
    }
  }

  private static func spec(_ input: CreateKeyInput) throws(Fault) -> KMSDomain.KeySpec {
    if input.keySpec != nil, input.customerMasterKeySpec != nil {
      throw .validation("You cannot specify KeySpec and CustomerMasterKeySpec in the same request.")
    }
    let name = input.keySpec?.rawValue ?? input.customerMasterKeySpec?.rawValue
    guard let name else { return .symmetricDefault }
    guard let spec = KMSDomain.KeySpec(rawValue: name) else { throw .validation("KeySpec \(name) is not valid.") }
    return spec
  }

  private static func usage(_ input: CreateKeyInput, _ spec: KMSDomain.KeySpec) throws(Fault) -> KMSDomain.KeyUsage {
    guard let name = input.keyUsage?.rawValue else {
      guard spec == .symmetricDefault else {
        throw .validation("You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.")
      }
      return .encryptDecrypt
    }
    guard let usage = KMSDomain.KeyUsage(rawValue: name), spec.allowedUsages.contains(usage) else {
      throw .validation("KeyUsage \(name) is not compatible with KeySpec \(spec.rawValue)")
    }
    return usage
  }

  private static func origin(_ input: CreateKeyInput) throws(Fault) -> KeyOrigin {
    let origin = input.origin.flatMap { KeyOrigin(rawValue: $0.rawValue) } ?? .awsKMS
    guard origin == .awsKMS || origin == .external, input.customKeyStoreID == nil, input.xksKeyID == nil else {
      throw .unsupported("Custom key stores are not supported by this service yet.")
    }
    return origin
  }

  private static func policy(_ text: String?) throws(Fault) -> String? {
    guard let text else { return nil }
    guard text.utf8.count <= 32_768 else {
      throw Fault(.limitExceeded, "The key policy is longer than 32768 bytes.")
    }
    guard PolicyDocument.isWellFormed(text) else {
      throw Fault(.malformedPolicyDocument, "The key policy is not a JSON policy document.")
    }
    return text
  }

  private static func tags(_ tags: [KMSModel.Tag]) throws(Fault) -> [KMSDomain.Tag] {
    guard tags.count <= 50 else { throw Fault(.tag, "Too many tags") }
    guard Set(tags.map(\.tagKey)).count == tags.count else { throw Fault(.tag, "Duplicate tag keys") }
    guard !tags.contains(where: { $0.tagKey.lowercased().hasPrefix("aws:") }) else {
      throw Fault(.tag, "Tags beginning with aws: are reserved")
    }
    return tags.map { KMSDomain.Tag(key: $0.tagKey, value: $0.tagValue) }
  }

  /// Makes the key with fresh material, or without any when it is to be imported.
  func make(in home: AccountRegion, context: OperationContext) async throws(Fault) -> Key {
    let id = try Self.freshID(multiRegion: multiRegion)
    let now = context.now()
    let material = origin == .awsKMS ? try await freshMaterial(context) : nil
    var wrapped: [WrappedKeyMaterial] = []
    if let material {
      let materialID: String
      do {
        materialID = try MaterialID.derive(material: material.secret, keyID: id.description).hex
      } catch {
        throw .internalFailure(error)
      }
      let bytes = try context.keys.vault.wrap(material.secret, id: materialID, of: id, in: home)
      wrapped = [WrappedKeyMaterial(id: materialID, wrapped: bytes, creationDate: now)]
    }
    return Key(
      id: id, home: home, creationDate: now, spec: spec, usage: usage, origin: origin, description: description,
      state: origin == .external ? .pendingImport : .enabled, policy: policy ?? PolicyDocument.defaultPolicy(for: home),
      tags: tags, materials: wrapped, currentMaterialID: wrapped.first?.id, publicKey: material?.publicKey)
  }

  private func freshMaterial(
    _ context: OperationContext
  ) async throws(Fault) -> (secret: SecretBytes, publicKey: [UInt8]?) {
    if let algorithm = spec.keyPairAlgorithm {
      let pair = try await context.keyPairs.keyPair(algorithm)
      return (pair.privateKey, pair.publicKey)
    }
    return (RandomBytes.bytes(count: spec.secretLength), nil)
  }

  private static func freshID(multiRegion: Bool) throws(Fault) -> KeyID {
    guard let id = KeyID(random: RandomBytes.array(count: 16), multiRegion: multiRegion) else {
      throw .internalFailure(MissingMaterial(keyARN: "a new key"))
    }
    return id
  }
}

extension KMSDomain.KeySpec {
  /// The bytes of material of a spec whose material is a plain secret.
  fileprivate var secretLength: Int {
    switch self {
    case .hmac224: 28
    case .hmac384: 48
    case .hmac512: 64
    default: 32
    }
  }
}
