// Callers for tests, made of their ARN.

import Foundation
import KMSDomain
import Testing

@testable import KMSAccess

extension CallerIdentity {
  /// The identity with this ARN, of whatever kind: a root may do everything, others what `policies` allow.
  ///
  /// - Parameter rolePath: the path of a session's role.
  static func named(
    _ arn: String, rolePath: String = "/", userID: String? = nil, policies: [String] = [], boundary: String? = nil,
    sessionPolicy: String? = nil, tags: [KMSDomain.Tag] = [], issueTime: Date = Date(timeIntervalSince1970: 0),
    sourceIdentity: String? = nil, federatedProvider: String? = nil
  ) throws -> CallerIdentity {
    let principal = try #require(PrincipalARN(arn), "\(arn) names nobody")
    let kind: Kind
    let ownID: String
    switch principal.kind {
    case .root: (kind, ownID) = (.root, principal.account.description)
    case .user(let path): (kind, ownID) = (.user(String(path.split(separator: "/").last ?? "")), "AIDAEXAMPLE")
    case .assumedRole(let role, let session):
      let roleARN = "arn:\(principal.partition):iam::\(principal.account):role\(rolePath)\(role)"
      (kind, ownID) = (
        .assumedRole(
          AssumedRole(
            roleARN: roleARN, roleID: "AROAEXAMPLE", roleName: role, sessionName: session, issueTime: issueTime,
            sourceIdentity: sourceIdentity, federatedProvider: federatedProvider)),
        "AROAEXAMPLE:\(session)"
      )
    case .role, .federatedUser: throw Unsuitable(arn: arn)
    }
    let named = try policies.enumerated().map { number, text in
      NamedPolicy(name: "policy \(number + 1)", policy: try IdentityPolicy(text))
    }
    return CallerIdentity(
      arn: arn, account: principal.account, kind: kind, userID: userID ?? ownID,
      permissions: kind == .root ? .everything : .policies(named),
      permissionsBoundary: try boundary.map { try IdentityPolicy($0) },
      sessionPolicy: try sessionPolicy.map { try IdentityPolicy($0) }, tags: tags)
  }

  /// Nobody makes requests with the ARN.
  struct Unsuitable: Error {
    let arn: String
  }
}
