// Markers of listings: where the next page starts, sealed so that callers can neither read nor make them.

public import KMSCrypto
import KMSDomain
import SecureMemory

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
    do {
      let sealed = try key.wrap(SecretBytes(Array(lastItem.utf8)), associatedData: Self.binding(listing, caller))
      return sealed.map { byte in byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }.joined()
    } catch {
      throw .internalFailure(error)
    }
  }

  /// The item that `marker` holds.
  ///
  /// - Throws: ``Fault/invalidMarker`` for anything this listing did not issue.
  func open(_ marker: String, listing: String, of caller: AccountRegion) throws(Fault) -> String {
    guard let sealed = Self.bytes(hex: marker),
      let item = try? key.unwrap(sealed, associatedData: Self.binding(listing, caller))
    else { throw .invalidMarker }
    return item.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  private static func binding(_ listing: String, _ caller: AccountRegion) -> [UInt8] {
    Array("page-marker\n\(listing)\n\(caller.arn(""))".utf8)
  }

  private static func bytes(hex: String) -> [UInt8]? {
    let digits = hex.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }
}
