// Condition keys as explanations show them.

import Testing

@testable import KMSAccess

@Suite struct ConditionKeySpellingTests {
  @Test("Every key that a request may have has AWS's spelling", arguments: ConditionKey.Name.allCases)
  func named(_ name: ConditionKey.Name) {
    #expect(ConditionKey.named(name).spelling?.lowercased() == name.rawValue)
  }

  @Test(
    "A policy may use any case, an explanation uses AWS's",
    arguments: [
      "kms:KeySpec", "kms:EncryptionContext:team", "aws:PrincipalTag/team", "kms:RecipientAttestation:pcr0",
      "kms:ViaService", "kms:GrantConstraintSourceArn", "aws:SourceVpce", "aws:PrincipalOrgID", "aws:CalledVia",
    ])
  func spelled(_ key: String) {
    for text in [key, key.lowercased(), key.uppercased()] { #expect(ConditionKey(text).spelling == key) }
  }

  @Test("A key that AWS does not know has none")
  func unknown() {
    #expect(ConditionKey("accounts.google.com:sub").spelling == nil)
  }
}
