// Keys in whatever state a test needs.

import Foundation
import KMSDomain
import KMSModel
@testable import KMSOperations
import KMSStoreSQLite
import Synchronization

extension TestService {
  /// Puts a key into a state, however it could get there.
  func place(_ key: KeyMetadata, in state: KMSDomain.KeyState) async throws {
    let now = now
    try await store.write { transaction throws(Fault) in
      guard let id = KeyID(key.keyID), let region = Region(String(key.arn.split(separator: ":")[3])),
        let record = try transaction.key(id, region: region)
      else { throw .keyNotFound(key.arn) }
      try transaction.update(
        Key(
          id: record.id, home: record.home, creationDate: record.creationDate, spec: record.spec, usage: record.usage,
          origin: record.origin, description: record.description, state: state,
          deletionDate: state == .pendingDeletion ? now.addingTimeInterval(86_400) : nil,
          pendingDeletionWindowInDays: state == .pendingReplicaDeletion ? 7 : nil, policy: record.policy,
          tags: record.tags, materials: record.materials, publicKey: record.publicKey, rotation: record.rotation,
          multiRegion: record.multiRegion, customKeyStoreID: record.customKeyStoreID,
          externalKeyID: record.externalKeyID))
    }
    context.keys.snapshots.invalidate { _, _ in true }
  }

  /// What a call needs from a key in the state under test, made while the key was usable.
  func madeBeforehand<Value>(
    _ key: KeyMetadata, _ make: (TestService) async throws -> Value
  ) async throws -> Value {
    let state = stateUnderTest.withLock(\.self)
    try await place(key, in: key.origin == .external ? .pendingImport : .enabled)
    let made = try await make(self)
    try await place(key, in: state)
    return made
  }
}
