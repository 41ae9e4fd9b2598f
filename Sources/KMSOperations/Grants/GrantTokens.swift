// Grant tokens: proof that a grant was made, for requests that come before everyone has heard of it.

import KMSCrypto
import KMSDomain

/// Makes and reads grant tokens.
///
/// A token names a grant and is sealed, so that nobody can make one; each is different, and all of a grant's are good.
/// It is no credential: what it names still has to allow what its bearer asks.
struct GrantTokens: Sendable {
  /// The grant that a token names, and whose key it is on.
  struct Content: Hashable, Sendable {
    let keyID: KeyID
    let account: AccountID
    let grantID: String
  }

  private let key: KeyWrap

  /// Tokens sealed under `key`.
  init(key: KeyWrap) {
    self.key = key
  }

  /// A new token for a grant.
  func seal(_ grant: Grant) throws(Fault) -> String {
    try key.sealText(
      "\(grant.keyID) \(grant.home.account) \(grant.id)", associatedData: Self.binding(grant.home.region))
  }

  /// The grant that a token names; it may be gone by now.
  ///
  /// - Throws: ``Fault/invalidGrantToken`` for anything that was not issued in this Region.
  func open(_ token: String, in region: Region) throws(Fault) -> Content {
    let parts = key.openText(token, associatedData: Self.binding(region))?.split(separator: " ") ?? []
    guard parts.count == 3, let keyID = KeyID(parts[0]), let account = AccountID(parts[1]) else {
      throw .invalidGrantToken
    }
    return Content(keyID: keyID, account: account, grantID: String(parts[2]))
  }

  private static func binding(_ region: Region) -> [UInt8] { Array("grant-token\n\(region)".utf8) }
}
