// How imported material becomes a key's, and what its multi-Region relatives learn of it.

import KMSDomain
import KMSModel
import struct FoundationEssentials.Date

/// Material on its way into a key.
struct MaterialAssignment: Sendable {
  let material: ImportedMaterial
  /// What the request says it is; nil to tell from the key.
  let importType: ImportType?
  /// The id that the request says it has.
  let namedID: String?
  let description: String?
  let validTo: Date?
  let date: Date

  /// Gives the first of `keys` the material, and the others, its relatives, what they share: the name of it.
  func apply(to keys: inout [Key], _ vault: MaterialVault) throws(Fault) {
    if let namedID, namedID != material.id {
      throw .incorrectKeyMaterial("The key material is not the one that KeyMaterialId names.")
    }
    let isNew = importType.map { $0 == .newKeyMaterial } ?? keys[0].materials.isEmpty
    if isNew { try addName(to: &keys) }
    try fill(&keys[0], isNew: isNew, vault)
    keys.settlePendingMaterial()
  }

  /// New material: every related key knows its name from now on.
  private func addName(to keys: inout [Key]) throws(Fault) {
    let key = keys[0]
    if key.isReplica { throw .notPrimary(key.arn) }
    guard !key.materials.contains(where: { $0.id == material.id }) else {
      throw .incorrectKeyMaterial("The key material is associated with the key already.")
    }
    if let pending = key.pendingMaterial {
      throw .materialPending(new: material.id, pending: pending.id, key.arn)
    }
    let isFirst = key.materials.isEmpty
    let added = WrappedKeyMaterial(
      id: material.id, wrapped: nil, creationDate: date,
      state: isFirst ? .current : .pendingMultiRegionImportAndRotation, description: description)
    for index in keys.indices {
      keys[index].add(added)
      keys[index].publicKey = material.publicKey
    }
  }

  /// The material itself, for the key that it is imported into.
  private func fill(_ key: inout Key, isNew: Bool, _ vault: MaterialVault) throws(Fault) {
    guard key.materials.contains(where: { $0.id == material.id }) else {
      throw .incorrectKeyMaterial("The key material is not the one that was imported into the key before.")
    }
    let wrapped = try vault.wrap(material.secret, id: material.id, of: key.id, in: key.home)
    let isReplica = key.isReplica
    key.changeMaterial(material.id) { stored in
      stored.wrapped = wrapped
      stored.validTo = validTo
      // Described where it was first imported.
      if !isNew, !isReplica, let description { stored.description = description }
    }
    if !key.lacksMaterial { key.materialComplete() }
  }
}
