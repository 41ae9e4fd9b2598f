// The generations of a key's material, which come and go with its record.

import KMSDomain

extension SQLiteTransaction {
  /// The materials of a key, in their order.
  func materials(of id: KeyID, region: Region) throws -> [WrappedKeyMaterial] {
    try fetch(.selectMaterials, [region.description, id.description], WrappedKeyMaterial.init)
  }

  /// Adds the materials of a key that has none yet.
  func insertMaterials(of key: Key) throws {
    for (ordinal, material) in key.materials.enumerated() {
      try execute(.putMaterial, try material.arguments(of: key, ordinal: ordinal))
    }
  }

  /// Makes the materials of a key what its record says, writing those only that differ: most changes leave the
  /// material alone, and a rotation changes the last and adds one.
  func updateMaterials(of key: Key) throws {
    let stored = try materials(of: key.id, region: key.home.region)
    for (ordinal, material) in key.materials.enumerated()
    where !stored.indices.contains(ordinal) || stored[ordinal] != material {
      try execute(.putMaterial, try material.arguments(of: key, ordinal: ordinal))
    }
    if key.materials.count < stored.count {
      try execute(
        .deleteMaterials, [key.home.region.description, key.id.description, key.materials.count])
    }
  }
}
