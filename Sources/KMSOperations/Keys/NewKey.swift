// The rules by which CreateKey makes a key, and its first material.

import KMSAccess
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
  let tags: [KMSDomain.Tag]
  /// The custom key store, and the key behind its proxy, of a key whose origin is EXTERNAL_KEY_STORE.
  let externalKey: NewExternalKey?

  /// Applies the rules that need nothing but the request.
  init(_ input: CreateKeyInput) throws(Fault) {
    spec = try Self.spec(input)
    usage = try Self.usage(input, spec)
    origin = input.origin.flatMap { KeyOrigin(rawValue: $0.rawValue) } ?? .awsKMS
    multiRegion = input.multiRegion ?? false
    description = input.description ?? ""
    tags = try TagRules.check(input.tags ?? [])
    externalKey = try NewExternalKey.requested(by: input)
    if origin == .external, [.mlDSA44, .mlDSA65, .mlDSA87].contains(spec) {
      throw .unsupported("KeySpec \(spec.rawValue) does not support imported key material.")
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

  /// The key without its material; `policy` is nil for the default one.
  func blank(in home: AccountRegion, policy: String?, now: Date) throws(Fault) -> Key {
    Key(
      id: try Self.freshID(multiRegion: multiRegion), home: home, creationDate: now, spec: spec, usage: usage,
      origin: origin, description: description, state: origin == .external ? .pendingImport : .enabled,
      policy: policy ?? KeyPolicy.defaultDocument(for: home), tags: tags,
      multiRegion: multiRegion ? MultiRegionRole(primaryRegion: home.region) : nil,
      customKeyStoreID: externalKey?.customKeyStoreID, externalKeyID: externalKey?.externalKeyID)
  }

  /// Gives a blank key fresh material, unless its material is to be imported.
  func make(_ blank: Key, context: OperationContext) async throws(Fault) -> Key {
    guard origin != .external else { return blank }
    let material = try await freshMaterial(context)
    let id = try MaterialVault.id(of: material.secret, in: blank.id)
    let wrapped = try context.keys.vault.wrap(material.secret, id: id, of: blank.id, in: blank.home)
    return blank.madeOf(
      WrappedKeyMaterial(id: id, wrapped: wrapped, creationDate: blank.creationDate), publicKey: material.publicKey)
  }

  private func freshMaterial(
    _ context: OperationContext
  ) async throws(Fault) -> (secret: SecretBytes, publicKey: [UInt8]?) {
    if let algorithm = spec.keyPairAlgorithm {
      let pair = try await context.slowCryptography.keyPair(algorithm)
      return (pair.privateKey, pair.publicKey)
    }
    return (RandomBytes.bytes(count: spec.secretSizes.lowerBound), nil)
  }

  private static func freshID(multiRegion: Bool) throws(Fault) -> KeyID {
    guard let id = KeyID(random: RandomBytes.array(count: 16), multiRegion: multiRegion) else {
      throw .internalFailure(MissingMaterial(keyARN: "a new key"))
    }
    return id
  }
}
