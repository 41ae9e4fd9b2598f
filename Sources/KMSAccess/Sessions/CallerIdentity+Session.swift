// A session of a role as an identity.

public import KMSDomain

extension CallerIdentity {
  /// The identity of a session: the role's policies and boundary, narrowed by the session policy.
  convenience init(session: OpenedSession, of role: Role) {
    let record = role.record
    let own = Set(session.tags.map { $0.key.lowercased() })
    self.init(
      arn: record.sessionARN(named: session.sessionName), account: record.account,
      kind: .assumedRole(
        AssumedRole(
          roleARN: session.roleARN, roleID: session.roleID, roleName: record.name, sessionName: session.sessionName,
          issueTime: session.issueTime, sourceIdentity: session.sourceIdentity,
          federatedProvider: session.federatedProvider, transitiveTagKeys: session.transitiveTagKeys,
          claims: session.claims)),
      userID: "\(session.roleID):\(session.sessionName)", permissions: .policies(role.policies),
      permissionsBoundary: role.permissionsBoundary, sessionPolicy: session.sessionPolicy,
      tags: session.tags + record.tags.filter { !own.contains($0.key.lowercased()) })
  }
}

extension Principal {
  /// The ARN of a role's session, which leaves out the role's path.
  public func sessionARN(named sessionName: String) -> String {
    "arn:\(partition):sts::\(account):assumed-role/\(name)/\(sessionName)"
  }
}
