// The generations of a key's material: which encrypts, and how one succeeds another.

public import struct FoundationEssentials.Date

extension Key {
  /// The key with its first material; an asymmetric one also has a public key.
  public func madeOf(_ material: WrappedKeyMaterial, publicKey: [UInt8]?) -> Key {
    var key = self
    key.materials = [material]
    key.publicKey = publicKey
    return key
  }

  /// The material that encrypts now; nil before a first import.
  public var currentMaterial: WrappedKeyMaterial? { materials.first { $0.state == .current } }

  /// The imported material that a rotation on demand would make current.
  public var pendingMaterial: WrappedKeyMaterial? { materials.first { !$0.isPermanent } }

  /// Whether some material that ciphertext may need is missing, so that the key has to wait for an import.
  public var lacksMaterial: Bool {
    let permanent = materials.filter(\.isPermanent)
    return permanent.isEmpty || permanent.contains { $0.wrapped == nil }
  }

  /// When the first of the imported materials expires.
  public var validTo: Date? { materials.filter { $0.isPermanent && $0.wrapped != nil }.compactMap(\.validTo).min() }

  /// How many times the key was rotated on demand.
  public var onDemandRotationCount: Int { materials.count { $0.rotation?.cause == .onDemand } }

  /// Adds a first material, or one that waits for a rotation.
  public mutating func add(_ material: WrappedKeyMaterial) {
    materials.append(material)
  }

  /// Makes `material` current, whether the key has it already, as pending, or not; what was current decrypts on.
  public mutating func rotate(to material: WrappedKeyMaterial, _ rotation: WrappedKeyMaterial.Rotation) {
    for index in materials.indices where materials[index].state == .current { materials[index].state = .nonCurrent }
    var material = material
    material.state = .current
    material.rotation = rotation
    materials.removeAll { $0.id == material.id }
    materials.append(material)
  }

  /// Changes the material `id`, if the key has it.
  public mutating func changeMaterial(_ id: String, _ change: (inout WrappedKeyMaterial) -> Void) {
    guard let index = materials.firstIndex(where: { $0.id == id }) else { return }
    change(&materials[index])
  }

  /// Removes imported material. Its name stays: of what ciphertext may need, so that the key waits for it; of what is
  /// pending, until ``Swift/Array/settlePendingMaterial()`` finds that no related key has it.
  public mutating func remove(_ material: WrappedKeyMaterial) {
    changeMaterial(material.id) { $0.forget() }
    if material.isPermanent { materialLost() }
  }

  /// Forgets that there ever was a material.
  mutating func forgetMaterial(_ id: String) {
    materials.removeAll { $0.id == id }
  }
}
