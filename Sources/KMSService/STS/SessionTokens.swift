// Session tokens: what makes temporary credentials work without a place that remembers them.

public import KMSAccess
public import KMSCrypto
import SecureMemory
import struct FoundationEssentials.Data

/// Seals and opens session tokens.
///
/// A token holds the whole session, its secret included, encrypted and authenticated under a key of this store that is
/// used for nothing else. So it opens on every server of the store and on no other, and an altered one not at all.
public struct SessionTokens: SessionTokenOpening {
  private static let binding = Array("session-token".utf8)

  /// The longest token that is looked at, in characters. The longest that is made is shorter, since what callers put into
  /// a session is limited by ``PackedSize``.
  static let maximumCount = 8192

  private let key: KeyWrap

  /// Tokens sealed under `key`.
  public init(key: KeyWrap) {
    self.key = key
  }

  /// The token of a session.
  func seal(_ session: OpenedSession) throws -> String {
    let content = try SessionTokenContent.encode(session)
    return Data(try key.wrap(content, associatedData: Self.binding)).base64EncodedString()
  }

  public func open(_ token: String) -> OpenedSession? {
    // One value, one spelling: base64 has stray bits that decoding passes over.
    guard token.utf8.count <= Self.maximumCount, let bytes = Data(base64Encoded: token),
      bytes.base64EncodedString() == token,
      let content = try? key.unwrap(Array(bytes), associatedData: Self.binding)
    else { return nil }
    return SessionTokenContent.decode(content)
  }
}
