// Who the service knows, for `keywright explain`: no secret is opened for it.

import Foundation
import KMSAccess
import KMSDomain
import KMSService
import KMSStoreSQLite

/// The principals of the store, and those that a file declares.
struct ExplainedIdentities {
  private let set: IdentitySet
  private let principals: [Principal]
  private let partition: String
  private let hasFile: Bool

  /// Reads the store and the file.
  init(_ store: SQLiteStore, declaredIn path: String?, partition: String) async throws(CommandFailure) {
    var principals: [Principal] = []
    if let path { principals = try IdentitiesFile(path: path, partition: partition).declared.principals }
    principals += try await store.look { reader throws(Fault) in try reader.allPrincipals() }
    self.principals = principals
    self.partition = partition
    hasFile = path != nil
    set = IdentitySet(principals: principals)
  }

  /// The principal `text` as a caller, and what people should know about that.
  ///
  /// - Parameters:
  ///   - account: whose principal it is, if it is named without its ARN.
  ///   - session: what a session of a role has of its own.
  func caller(
    _ text: String, in account: AccountID, _ session: ExplainedSession
  ) throws(CommandFailure) -> (identity: CallerIdentity, notes: [String]) {
    let text = try arn(of: text, in: account)
    guard let arn = PrincipalARN(text) else {
      throw CommandFailure(.usage, "'\(text)' is not the ARN of a user, a role, a role's session or an account's root")
    }
    let isSession =
      switch arn.kind {
      case .role, .assumedRole: true
      case .root, .user, .federatedUser: false
      }
    if let feature = session.feature, !isSession {
      throw CommandFailure(.usage, "\(feature) is for a role's session: what others have is known")
    }
    switch arn.kind {
    case .root: return (.root(of: arn.account, partition: arn.partition), [])
    case .user:
      guard let user = set.user(arn: text) else { throw missing(text) }
      return (user, [])
    case .role:
      guard let role = set.role(arn: text) else { throw missing(text) }
      let identity = session.identity(of: role, named: "explained")
      return (identity, ["a role acts through its sessions: explained for \(identity.arn)"])
    case .assumedRole(let name, let sessionName):
      let record = principals.first {
        $0.kind == .role && $0.name == name && $0.account == arn.account && $0.partition == arn.partition
      }
      guard let record, let role = set.role(arn: record.arn) else { throw missing(record?.arn ?? text) }
      return (session.identity(of: role, named: sessionName), [])
    case .federatedUser: throw CommandFailure(.usage, "federated users do not call this service")
    }
  }

  /// The ARN of a principal that may be named in other ways.
  private func arn(of text: String, in account: AccountID) throws(CommandFailure) -> String {
    if let account = AccountID(text) { return "arn:\(partition):iam::\(account):root" }
    guard case .name(let name, let kind)? = PrincipalReference(argument: text) else { return text }
    let found = principals.filter { $0.account == account && $0.name == name && (kind == nil || $0.kind == kind) }
    guard let principal = found.first else {
      throw missing("\(kind?.rawValue ?? "user or role") '\(name)' of account \(account)")
    }
    guard found.count == 1 else {
      throw CommandFailure(.usage, "there is a user and a role '\(name)': say user/\(name) or role/\(name)")
    }
    return principal.arn
  }

  /// Why nobody calls with this ARN.
  private func missing(_ arn: String) -> CommandFailure {
    if let problem = set.problems.first(where: { $0.subject == arn }) {
      return CommandFailure(.dataError, "\(problem): its requests are refused as those of somebody unknown")
    }
    let hint = hasFile ? "" : "; those that a file declares are found with --identities"
    return CommandFailure(.noInput, "the service knows no \(arn)\(hint)")
  }
}
