// Key material in clear, in the form in which it is used.

import KMSCrypto
import KMSDomain
import SecureMemory

/// What a key has in the way of material.
enum OpenedMaterial: Sendable {
  /// None: an import is awaited.
  case none
  /// Every generation of a symmetric key's.
  case symmetric(SymmetricMaterials)
  /// The private key of an asymmetric key.
  case asymmetric(AsymmetricKeyMaterial)
  /// The secret of an HMAC key.
  case hmac(HMACKeyMaterial)

  /// Opens the material of a key.
  init(_ key: Key, vault: MaterialVault) throws(Fault) {
    switch key.spec.keyClass {
    case .symmetric:
      self = .symmetric(try SymmetricMaterials(key, vault: vault))
    case .hmac:
      guard let secret = try Self.secret(key, vault), let algorithm = key.spec.macAlgorithm else {
        self = .none
        return
      }
      self = .hmac(try Self.ready { () throws(CryptoError) in try HMACKeyMaterial(secret, algorithm) })
    case .asymmetric:
      guard let secret = try Self.secret(key, vault), let algorithm = key.spec.keyPairAlgorithm else {
        self = .none
        return
      }
      self = .asymmetric(
        try Self.ready { () throws(CryptoError) in
          try AsymmetricKeyMaterial(secret, algorithm: algorithm)
        })
    }
  }

  /// The only material of a key that does not rotate.
  private static func secret(_ key: Key, _ vault: MaterialVault) throws(Fault) -> SecretBytes? {
    guard let material = key.currentMaterial else { return nil }
    return try vault.open(material, of: key)
  }

  /// Runs `make`, whose failure is ours.
  fileprivate static func ready<Material>(_ make: () throws(CryptoError) -> Material) throws(Fault) -> Material {
    do {
      return try make()
    } catch {
      throw .internalFailure(error)
    }
  }
}

/// Every generation of a symmetric key's material.
struct SymmetricMaterials: Sendable {
  /// The material that encrypts.
  struct Current: Sendable {
    let id: MaterialID
    /// The id as answers show it.
    let hex: String
    let material: SymmetricKeyMaterial
  }

  /// The material that encrypts; nil when there is none.
  let current: Current?
  private let all: [MaterialID: SymmetricKeyMaterial]

  fileprivate init(_ key: Key, vault: MaterialVault) throws(Fault) {
    var all: [MaterialID: SymmetricKeyMaterial] = [:]
    var current: Current?
    for wrapped in key.materials where wrapped.isPermanent {
      guard let secret = try vault.open(wrapped, of: key) else { continue }
      guard let id = MaterialID(hex: wrapped.id) else { throw .internalFailure(MissingMaterial(keyARN: key.arn)) }
      let material = try OpenedMaterial.ready { () throws(CryptoError) in try SymmetricKeyMaterial(secret) }
      all[id] = material
      if wrapped.state == .current { current = Current(id: id, hex: wrapped.id, material: material) }
    }
    self.all = all
    self.current = current
  }

  /// The material `id`.
  subscript(_ id: MaterialID) -> SymmetricKeyMaterial? { all[id] }
}
