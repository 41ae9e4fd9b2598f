// Asking about grants.

public import KMSModel

extension CreateGrantInput: DryRunInput {}

extension CreateGrant: DryRunOperation {}

extension DryRun where Operation == CreateGrant {
  /// Would ``CreateGrant`` succeed? Its parameters are those of the call.
  public static func createGrant(
    keyID: String, granteePrincipal: String, operations: [GrantOperation], retiringPrincipal: String? = nil,
    constraints: GrantConstraints? = nil, grantTokens: [String]? = nil, name: String? = nil
  ) -> Self {
    Self(
      CreateGrant.self,
      CreateGrantInput(
        keyID: keyID, granteePrincipal: granteePrincipal, operations: operations, retiringPrincipal: retiringPrincipal,
        constraints: constraints, grantTokens: grantTokens, name: name))
  }
}

extension RetireGrantInput: DryRunInput {}

extension RetireGrant: DryRunOperation {}

extension DryRun where Operation == RetireGrant {
  /// Would ``RetireGrant`` succeed? Its parameters are those of the call.
  public static func retireGrant(grantToken: String? = nil, keyID: String? = nil, grantID: String? = nil) -> Self {
    Self(RetireGrant.self, RetireGrantInput(grantToken: grantToken, keyID: keyID, grantID: grantID))
  }
}

extension RevokeGrantInput: DryRunInput {}

extension RevokeGrant: DryRunOperation {}

extension DryRun where Operation == RevokeGrant {
  /// Would ``RevokeGrant`` succeed? Its parameters are those of the call.
  public static func revokeGrant(keyID: String, grantID: String) -> Self {
    Self(RevokeGrant.self, RevokeGrantInput(keyID: keyID, grantID: grantID))
  }
}
