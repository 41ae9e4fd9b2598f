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

  private static let page = 1000

  init(_ store: SQLiteStore, _ configuration: ServeConfiguration) async throws(CommandFailure) {
    var principals: [Principal] = []
    var accounts: Set<AccountID> = [configuration.account]
    if let path = configuration.identitiesFile {
      let file = try IdentitiesFile(path: path, partition: configuration.regions[0].partition)
      principals = file.declared.principals
      accounts.formUnion(file.declared.accounts)
    }
    do throws(Fault) {
      principals += try await store.read { reader throws(Fault) in
        var stored: [Principal] = []
        var hasMore = true
        while hasMore {
          let page = try reader.principals(after: stored.last?.arn, limit: Self.page)
          stored += page
          hasMore = page.count == Self.page
        }
        return stored
      }
    } catch {
      throw CommandFailure(unreadable: error)
    }
    self.principals = principals
    set = IdentitySet(accounts: accounts, principals: principals)
  }

  /// The principal `text` as a caller, and what people should know about that.
  ///
  /// - Parameter path: the file of the session policy, for a session of a role.
  func caller(
    _ text: String, sessionPolicyFile path: String?
  ) throws(CommandFailure) -> (identity: CallerIdentity, notes: [String]) {
    if let account = AccountID(text) { return try caller("arn:aws:iam::\(account):root", sessionPolicyFile: path) }
    guard let arn = PrincipalARN(text) else {
      throw CommandFailure(
        .usage, "'\(text)' is not the ARN of a user, a role, a role's session or an account's root, nor an account id")
    }
    let policy = try path.map { path throws(CommandFailure) in try Self.sessionPolicy(path) }
    let isSession =
      switch arn.kind {
      case .role, .assumedRole: true
      case .root, .user, .federatedUser: false
      }
    guard policy == nil || isSession else { throw CommandFailure(.usage, "--session-policy is for a role's session") }
    switch arn.kind {
    case .root: return (.root(of: arn.account, partition: arn.partition), [])
    case .user:
      guard let user = set.user(arn: text) else { throw missing(text) }
      return (user, [])
    case .role:
      guard let role = set.role(arn: text) else { throw missing(text) }
      let session = role.session(named: "explained", policy: policy)
      return (session, ["a role acts through its sessions: explained for \(session.arn)"])
    case .assumedRole(let name, let sessionName):
      let record = principals.first {
        $0.kind == .role && $0.name == name && $0.account == arn.account && $0.partition == arn.partition
      }
      guard let record, let role = set.role(arn: record.arn) else { throw missing(record?.arn ?? text) }
      return (role.session(named: sessionName, policy: policy), [])
    case .federatedUser: throw CommandFailure(.usage, "federated users do not call this service")
    }
  }

  /// Why nobody calls with this ARN.
  private func missing(_ arn: String) -> CommandFailure {
    if let problem = set.problems.first(where: { $0.subject == arn }) {
      return CommandFailure(.dataError, "\(problem): its requests are refused as those of somebody unknown")
    }
    return CommandFailure(.dataError, "the service does not know \(arn)")
  }

  private static func sessionPolicy(_ path: String) throws(CommandFailure) -> IdentityPolicy {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw CommandFailure(.noInput, "cannot read the session policy \(path)")
    }
    do throws(PolicyError) {
      return try IdentityPolicy(text)
    } catch {
      throw CommandFailure(.dataError, "the session policy \(path) is not valid: \(error.description)")
    }
  }
}

extension Role {
  /// A session of the role that began just now.
  fileprivate func session(named sessionName: String, policy: IdentityPolicy?) -> CallerIdentity {
    CallerIdentity(
      arn: record.sessionARN(named: sessionName), account: record.account,
      kind: .assumedRole(
        CallerIdentity.AssumedRole(
          roleARN: record.arn, roleID: record.id, roleName: record.name, sessionName: sessionName, issueTime: Date())),
      userID: "\(record.id):\(sessionName)", permissions: .policies(policies),
      permissionsBoundary: permissionsBoundary, sessionPolicy: policy, tags: record.tags)
  }
}

extension CommandFailure {
  /// A store that cannot be read.
  init(unreadable fault: Fault) {
    self.init(.dataError, "the store cannot be read: \(fault.cause.map { "\($0)" } ?? fault.kind.rawValue)")
  }
}
