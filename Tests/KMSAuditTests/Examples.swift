// What the tests record.

import FoundationEssentials
import KMSAccess
import KMSAudit
import KMSDomain
import SecureMemory
import Testing

/// Values that do not matter.
enum Examples {
  static let key = SecretBytes((1...32).map { UInt8($0) })
  static let anotherKey = SecretBytes((2...33).map { UInt8($0) })
  static let time = 1_800_000_000.5

  static func home() throws -> AccountRegion {
    AccountRegion(account: try #require(AccountID("111122223333")), region: try #require(Region("eu-central-1")))
  }

  static func user() throws -> CallerIdentity {
    CallerIdentity(
      arn: "arn:aws:iam::111122223333:user/alice", account: try home().account, kind: .user("alice"),
      userID: "AIDAEXAMPLE", permissions: .policies([]))
  }

  /// An event whose request id tells it from others.
  static func event(
    _ requestID: String = "r", identity: CallerIdentity? = nil, origin: RequestOrigin = RequestOrigin(time: time)
  ) throws -> AuditEvent {
    AuditEvent(
      try identity ?? user(), accessKeyID: "AKIAEXAMPLE", requestID: requestID, origin: origin, name: "Encrypt",
      region: try home().region, isReadOnly: true)
  }
}
