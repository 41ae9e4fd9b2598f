// A session of a role as an identity.

public import KMSDomain

extension CallerIdentity {
  /// The identity of a session that a token has opened.
  convenience init(session: OpenedSession, of role: Role) {
    self.init(
      AssumedRole(
        roleARN: session.roleARN, roleID: session.roleID, roleName: role.record.name, sessionName: session.sessionName,
        issueTime: session.issueTime, sourceIdentity: session.sourceIdentity,
        federatedProvider: session.federatedProvider, transitiveTagKeys: session.transitiveTagKeys,
        claims: session.claims), of: role, policy: session.sessionPolicy, tags: session.tags)
  }

  /// The identity of a session: the role's policies and boundary, narrowed by the session policy. The session's own tags
  /// come in place of the role's.
  public convenience init(_ session: AssumedRole, of role: Role, policy: IdentityPolicy?, tags: [Tag]) {
    let record = role.record
    let own = Set(tags.map { $0.key.lowercased() })
    self.init(
      arn: record.sessionARN(named: session.sessionName), account: record.account, kind: .assumedRole(session),
      userID: "\(session.roleID):\(session.sessionName)", permissions: .policies(role.policies),
      permissionsBoundary: role.permissionsBoundary, sessionPolicy: policy,
      tags: tags + record.tags.filter { !own.contains($0.key.lowercased()) })
  }
}

extension Principal {
  /// The ARN of a role's session, which leaves out the role's path.
  public func sessionARN(named sessionName: String) -> String {
    "arn:\(partition):sts::\(account):assumed-role/\(name)/\(sessionName)"
  }
}
