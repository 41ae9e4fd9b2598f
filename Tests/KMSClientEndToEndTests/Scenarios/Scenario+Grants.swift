// Grants, and asking beforehand.

import KMSClient
import Testing

extension Scenario {
  /// Any principal will do where nobody uses the grant.
  private static let grantee = "arn:aws:iam::123456789012:root"

  static let grants = [
    Scenario("a grant is made and revoked, once") { kms in
      let key = try await kms.makeKey()
      let grant = try await kms.createGrant(
        keyID: key.keyID, granteePrincipal: grantee, operations: [.decrypt, .generateDataKey],
        constraints: GrantConstraints(encryptionContextSubset: ["tenant": "blue"]), name: "for-a-test")
      #expect(!grant.grantID.isEmpty && !grant.grantToken.isEmpty)
      try await kms.revokeGrant(keyID: key.keyID, grantID: grant.grantID)
      #expect(try await kms.listGrants(keyID: key.keyID).grants.isEmpty)
      await expectRefusal(RevokeGrantError.self, { if case .notFound = $0 { true } else { false } }) {
        try await kms.revokeGrant(keyID: key.keyID, grantID: grant.grantID)
      }
    },
    Scenario("a grant is retired by its token") { kms in
      let key = try await kms.makeKey()
      let grant = try await kms.createGrant(
        keyID: key.keyID, granteePrincipal: grantee, operations: [.decrypt], retiringPrincipal: grantee)
      try await kms.retireGrant(grantToken: grant.grantToken)
      #expect(try await kms.listGrants(keyID: key.keyID).grants.isEmpty)
    },
    Scenario("grants are listed as they were made") { kms in
      let key = try await kms.makeKey()
      let grant = try await kms.createGrant(
        keyID: key.keyID, granteePrincipal: grantee, operations: [.decrypt, .encrypt],
        constraints: GrantConstraints(encryptionContextEquals: ["tenant": "blue"]), name: "for-a-test")
      let listed = try #require(try await kms.listGrants(keyID: key.keyID, grantID: grant.grantID).grants.first)
      #expect(listed.grantID == grant.grantID && listed.granteePrincipal == grantee && listed.name == "for-a-test")
      #expect(Set(listed.operations.map(\.rawValue)) == ["Decrypt", "Encrypt"])
      #expect(listed.constraints?.encryptionContextEquals == ["tenant": "blue"])
    },
    Scenario("a call is asked about and not made") { kms in
      let key = try await kms.makeKey()
      let answer = try await kms.can(.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256)))
      #expect(answer.isAllowed, "\(answer)")
    },
    Scenario("a call that would fail is known to") { kms in
      let unknown = "12345678-1234-1234-1234-123456789012"
      let answer = try await kms.can(.generateDataKey(keyID: unknown, size: .keySpec(.aes256)))
      guard case .denied(.notFound) = answer else {
        Issue.record("\(answer)")
        return
      }
    },
  ]
}
