// The client against our service as it is run in earnest: every signature and session token is verified.

import KMSClient
import SecureMemory
import Testing

@Suite("keywright", .served(by: .keywright), .timeLimit(.minutes(1)))
struct ServiceTests {
  @Test("every use of the client does what it should, signed by the administrator", arguments: Scenario.all)
  func scenario(_ scenario: Scenario) async throws {
    try await withClient { try await scenario.run($0) }
  }

  @Test("a signature with another secret, or by nobody known, is refused")
  func strangers() async throws {
    let forged = StaticCredentialsProvider.static(
      accessKeyID: Identities.alice.accessKeyID, secretAccessKey: "another secret")
    try await withClient(credentials: forged) { kms in
      await expectRefusal(ListKeysError.self, { if case .invalidSignature = $0 { true } else { false } }) {
        _ = try await kms.listKeys()
      }
    }
    let unknown = StaticCredentialsProvider.static(accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "any")
    try await withClient(credentials: unknown) { kms in
      await expectRefusal(ListKeysError.self, { if case .unrecognizedClient = $0 { true } else { false } }) {
        _ = try await kms.listKeys()
      }
    }
  }

  @Test("a grant lets a user do what it names, and a dry run tells beforehand")
  func grant() async throws {
    try await withClient { owner in
      let key = try await owner.makeKey()
      try await withClient(credentials: Identities.grantee.provider) { kms in
        let question = DryRun.generateDataKey(
          keyID: key.arn, size: .keySpec(.aes256), encryptionContext: ["tenant": "blue"])
        guard case .denied(.accessDenied) = try await kms.can(question) else {
          Issue.record("a user without permission may make data keys")
          return
        }
        let grant = try await owner.createGrant(
          keyID: key.arn, granteePrincipal: Identities.granteeARN, operations: [.generateDataKey],
          constraints: GrantConstraints(encryptionContextEquals: ["tenant": "blue"]))
        #expect(try await kms.can(question).isAllowed)
        let dataKey = try await kms.generateDataKey(
          keyID: key.arn, size: .keySpec(.aes256), encryptionContext: ["tenant": "blue"],
          grantTokens: [grant.grantToken])
        await expectRefusal(DecryptError.self, { if case .accessDenied = $0 { true } else { false } }) {
          _ = try await kms.decrypt(
            ciphertextBlob: dataKey.ciphertextBlob, encryptionContext: ["tenant": "blue"])
        }
        await expectRefusal(GenerateDataKeyError.self, { if case .accessDenied = $0 { true } else { false } }) {
          _ = try await kms.generateDataKey(
            keyID: key.arn, size: .keySpec(.aes256), encryptionContext: ["tenant": "red"])
        }
        try await owner.revokeGrant(keyID: key.arn, grantID: grant.grantID)
        #expect(try await !kms.can(question).isAllowed)
      }
    }
  }
}
