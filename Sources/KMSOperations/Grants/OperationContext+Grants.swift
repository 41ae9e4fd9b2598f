// What the operations on grants have in common.

import KMSAccess
import KMSDomain

extension OperationContext {
  /// Refuses grant tokens that this service did not issue in the Region called.
  ///
  /// They need not be of the key at hand, and their grants may be gone: a token that gives nothing takes nothing away.
  func check(_ grantTokens: [String]?, for caller: Caller) throws(Fault) {
    for token in grantTokens ?? [] { _ = try seals.grantTokens.open(token, in: caller.home.region) }
  }

  /// The grant `id` on a key, if it is there.
  func grant(_ id: String, on keyID: KeyID, region: Region) async throws(Fault) -> Grant? {
    try await keys.store.read { reader throws(Fault) in try reader.grant(id, on: keyID, region: region) }
  }

  /// Ends a grant that exists; a dry run stops just before.
  func removeGrant(
    _ id: String, on keyID: KeyID, in home: AccountRegion, isDryRun: Bool
  ) async throws(Fault) {
    if isDryRun {
      guard try await grant(id, on: keyID, region: home.region) != nil else {
        throw .grantNotFound(id, on: home.keyARN(keyID))
      }
      throw .dryRun
    }
    _ = try await keys.changeGrants(on: KeyName(id: keyID, region: home.region)) { transaction throws(Fault) in
      guard let grant = try transaction.grant(id, on: keyID, region: home.region) else {
        throw .grantNotFound(id, on: home.keyARN(keyID))
      }
      try transaction.deleteGrant(id, on: keyID, region: home.region)
      return grant
    }
  }
}
