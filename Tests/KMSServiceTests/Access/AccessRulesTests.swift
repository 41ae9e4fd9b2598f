// Rules of access that take more than one request to see.

import KMSDomain
import KMSModel
import KMSOperations
import KMSService
import KMSStoreSQLite
import SecureMemory
import Testing

@Suite struct AccessRulesTests {
  private static let other = "444455556666"
  private static let otherRoot = "arn:aws:iam::444455556666:root"

  private static func code(_ call: () async throws -> Void) async -> String {
    do {
      try await call()
      return "success"
    } catch {
      return (error as? TestService.Refusal)?.code ?? "\(error)"
    }
  }

  /// A replica that is made again has none of the grants of the one before, though it has its name.
  @Test func grantsGoWithTheReplica() async throws {
    let service = try await TestService()
    let away = "eu-west-1"
    let key = try await service.makeKey(CreateKeyInput(multiRegion: true))
    func replicate() async throws -> KeyMetadata {
      try await service.call(ReplicateKey.self, ReplicateKeyInput(keyID: key.keyID, replicaRegion: away))
        .replicaKeyMetadata
    }
    let replica = try await replicate()
    let arn = replica.arn
    func encrypt() async -> String {
      await Self.code {
        _ = try await service.call(
          Encrypt.self, EncryptInput(keyID: arn, plaintext: SecretBytes([1])), account: Self.other, region: away)
      }
    }
    #expect(await encrypt() == "AccessDeniedException")
    _ = try await service.call(
      CreateGrant.self,
      CreateGrantInput(keyID: arn, granteePrincipal: Self.otherRoot, operations: [.encrypt]), region: away)
    #expect(await encrypt() == "success")
    _ = try await service.call(
      ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: arn, pendingWindowInDays: 7), region: away)
    service.advance(by: 8 * 86_400)
    #expect(try await service.context.keys.deleteDueKeys(now: service.now).done.count == 1)
    _ = try await replicate()
    #expect(await encrypt() == "AccessDeniedException")
  }

  /// The lockout check of a replica's policy asks about the replica's Region.
  @Test(arguments: [("us-east-1", "MalformedPolicyDocumentException"), ("eu-west-1", "success")])
  func lockoutOfAReplica(region: String, expected: String) async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(multiRegion: true))
    let policy = """
      {"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"kms:*","Resource":"*",\
      "Condition":{"StringEquals":{"aws:RequestedRegion":"\(region)"}}}]}
      """
    let code = await Self.code {
      _ = try await service.call(
        ReplicateKey.self, ReplicateKeyInput(keyID: key.keyID, replicaRegion: "eu-west-1", policy: policy))
    }
    #expect(code == expected)
  }

  /// A constraint that constrains nothing is none, and two constraints are both seen.
  @Test func constraintTypes() async throws {
    let service = try await TestService()
    let policy = """
      {"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"NotAction":"kms:CreateGrant","Resource":"*"},\
      {"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"kms:CreateGrant","Resource":"*",\
      "Condition":{"StringEquals":{"kms:GrantConstraintType":"EncryptionContextSubset"}}}]}
      """
    let key = try await service.makeKey(CreateKeyInput(policy: policy))
    func create(_ constraints: KMSModel.GrantConstraints?) async -> String {
      await Self.code {
        _ = try await service.call(
          CreateGrant.self,
          CreateGrantInput(
            keyID: key.keyID, granteePrincipal: Self.otherRoot, operations: [.encrypt], constraints: constraints))
      }
    }
    #expect(await create(nil) == "AccessDeniedException")
    #expect(await create(.init(encryptionContextSubset: [:])) == "AccessDeniedException")
    #expect(await create(.init(encryptionContextSubset: ["a": "b"])) == "success")
    #expect(await create(.init(encryptionContextEquals: ["a": "b"])) == "AccessDeniedException")
    #expect(
      await create(.init(encryptionContextSubset: ["a": "b"], encryptionContextEquals: ["a": "b"]))
        == "AccessDeniedException")
  }

  /// What a stored policy says that cannot be read is not known, and might be a Deny.
  @Test func aPolicyThatCannotBeRead() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let arn = key.arn
    let id = try #require(KeyID(key.keyID))
    let home = AccountRegion(
      account: try #require(AccountID("111122223333")), region: try #require(Region("us-east-1")))
    let grant = Grant(
      id: String(repeating: "0", count: 64), keyID: id, home: home, name: nil, granteePrincipal: Self.otherRoot,
      retiringPrincipal: nil, operations: [.encrypt], constraints: nil, issuingAccount: home.account,
      creationDate: service.now)
    // Behind the service's back, before it has the key in memory.
    try await service.store.write { transaction throws(Fault) in
      guard var key = try transaction.key(id, region: home.region) else { return }
      key.policy = "{}"
      try transaction.update(key)
      try transaction.insert(grant)
    }
    let code = await Self.code {
      _ = try await service.call(
        Encrypt.self, EncryptInput(keyID: arn, plaintext: SecretBytes([1])), account: Self.other)
    }
    #expect(code == "AccessDeniedException")
  }
}
