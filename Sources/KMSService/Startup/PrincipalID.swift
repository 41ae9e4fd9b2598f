// The unique ids of users and roles.

import Crypto
import KMSCrypto
public import KMSDomain

/// Makes unique ids: `AIDA` for a user or `AROA` for a role, and 17 characters of base32.
public enum PrincipalID {
  /// Another one each time, for principals that are kept in the store.
  public static func random(for kind: Principal.Kind) -> String {
    prefix(kind) + base32(RandomBytes.array(count: suffixLength))
  }

  /// The same one each time, for a principal that is declared anew at every start.
  public static func derived(for kind: Principal.Kind, arn: String) -> String {
    prefix(kind) + base32(SHA256.hash(data: Array("keywright unique id\n\(arn)".utf8)).prefix(suffixLength))
  }

  private static let suffixLength = 17

  private static func prefix(_ kind: Principal.Kind) -> String {
    switch kind {
    case .user: "AIDA"
    case .role: "AROA"
    }
  }

  /// A character for each byte, of which five bits count.
  private static func base32(_ bytes: some Sequence<UInt8>) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    return String(decoding: bytes.map { alphabet[Int($0 & 31)] }, as: UTF8.self)
  }
}
