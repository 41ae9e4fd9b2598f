// Markers of listings: where the next page starts, sealed so that callers can neither read nor make them.

public import KMSCrypto
import KMSDomain

/// Seals and opens the `NextMarker` of listings.
///
/// A marker holds the last item of its page, so it stays right when items come and go, and it opens only for the
/// listing, account and Region it was made for.
public struct PageMarkers: Sendable {
  private let key: KeyWrap

  /// Markers sealed under `key`.
  public init(key: KeyWrap) {
    self.key = key
  }

  /// A marker for the page after `lastItem`.
  func seal(_ lastItem: String, listing: String, of caller: AccountRegion) throws(Fault) -> String {
    try key.sealText(lastItem, associatedData: Self.binding(listing, caller))
  }

  /// The item that `marker` holds.
  ///
  /// - Throws: ``Fault/invalidMarker`` for anything this listing did not issue.
  func open(_ marker: String, listing: String, of caller: AccountRegion) throws(Fault) -> String {
    guard let item = key.openText(marker, associatedData: Self.binding(listing, caller)) else { throw .invalidMarker }
    return item
  }

  private static func binding(_ listing: String, _ caller: AccountRegion) -> [UInt8] {
    Array("page-marker\n\(listing)\n\(caller.arn(""))".utf8)
  }
}
