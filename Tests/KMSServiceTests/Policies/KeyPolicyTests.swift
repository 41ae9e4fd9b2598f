// Key policies: the default, replacing them, and what is refused.

import KMSDomain
import KMSModel
import KMSStoreSQLite
import Testing

@Suite struct KeyPolicyTests {
  private static let own =
    #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*"}}"#
  private static let locking = """
    {"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/alice"},"Action":"kms:*",\
    "Resource":"*"}]}
    """
  private static let lockout = TestService.Refusal(
    status: 400, code: "MalformedPolicyDocumentException",
    message: "The new key policy will not allow you to update the key policy in the future.")

  private static func policy(_ service: TestService, _ key: KeyMetadata, _ name: String? = nil) async throws -> String {
    let answer = try await service.call(GetKeyPolicy.self, GetKeyPolicyInput(keyID: key.keyID, policyName: name))
    #expect(answer.policyName == "default")
    return answer.policy
  }

  @Test(arguments: [("us-east-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")])
  func theDefault(region: String, partition: String) async throws {
    let service = try await TestService()
    let key = try await service.call(CreateKey.self, CreateKeyInput(), region: region).keyMetadata
    let policy = try await service.call(GetKeyPolicy.self, GetKeyPolicyInput(keyID: key.arn), region: region).policy
    #expect(
      policy == """
        {"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions",\
        "Effect":"Allow","Principal":{"AWS":"arn:\(partition):iam::111122223333:root"},"Action":"kms:*",\
        "Resource":"*"}]}
        """)
    // It can be put back.
    _ = try await service.call(PutKeyPolicy.self, PutKeyPolicyInput(keyID: key.arn, policy: policy), region: region)
  }

  @Test func whatIsPutComesBack() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(policy: Self.own))
    #expect(try await Self.policy(service, key) == Self.own)
    let other = " \t\r\n" + Self.own + "\n"
    _ = try await service.call(
      PutKeyPolicy.self, PutKeyPolicyInput(keyID: key.arn, policy: other, policyName: "default"))
    #expect(try await Self.policy(service, key, "default") == other)
  }

  @Test func thereIsOneName() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let names = try await service.call(ListKeyPolicies.self, ListKeyPoliciesInput(keyID: key.keyID, limit: 1))
    #expect(names.policyNames == ["default"])
    #expect(!names.truncated)
    #expect(names.nextMarker == nil)
    let refusal = TestService.Refusal(status: 400, code: "NotFoundException", message: "No such policy exists")
    await #expect(throws: refusal) { try await Self.policy(service, key, "Default") }
    await #expect(throws: refusal) {
      try await service.call(
        PutKeyPolicy.self, PutKeyPolicyInput(keyID: key.keyID, policy: Self.own, policyName: "other"))
    }
    await #expect {
      try await service.call(ListKeyPolicies.self, ListKeyPoliciesInput(keyID: key.keyID, marker: "00"))
    } throws: { ($0 as? TestService.Refusal)?.code == "InvalidMarkerException" }
  }

  @Test func theAuthorKeepsTheKey() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(policy: Self.own))
    await #expect(throws: Self.lockout) {
      try await service.call(PutKeyPolicy.self, PutKeyPolicyInput(keyID: key.keyID, policy: Self.locking))
    }
    await #expect(throws: Self.lockout) { try await service.makeKey(CreateKeyInput(policy: Self.locking)) }
    #expect(try await Self.policy(service, key) == Self.own)
    _ = try await service.call(
      PutKeyPolicy.self,
      PutKeyPolicyInput(keyID: key.keyID, policy: Self.locking, bypassPolicyLockoutSafetyCheck: true))
    let locked = try await service.makeKey(CreateKeyInput(policy: Self.locking, bypassPolicyLockoutSafetyCheck: true))
    for key in [key, locked] {
      // Nobody can look at it any more, let alone change it.
      await #expect {
        try await Self.policy(service, key)
      } throws: { ($0 as? TestService.Refusal)?.code == "AccessDeniedException" }
      await #expect {
        try await service.call(PutKeyPolicy.self, PutKeyPolicyInput(keyID: key.keyID, policy: Self.own))
      } throws: { ($0 as? TestService.Refusal)?.code == "AccessDeniedException" }
      let id = try #require(KeyID(key.keyID))
      let region = try #require(Region("us-east-1"))
      let stored = try await service.store.read { reader throws(Fault) in try reader.key(id, region: region)?.policy }
      #expect(stored == Self.locking)
    }
  }

  @Test func aResourceMayBeTheKeyItself() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let other = try await service.makeKey()
    let policy = Self.own.replacing(#""Resource":"*""#, with: #""Resource":"\#(key.arn)""#)
    _ = try await service.call(PutKeyPolicy.self, PutKeyPolicyInput(keyID: key.keyID, policy: policy))
    await #expect(throws: Self.lockout) {
      try await service.call(PutKeyPolicy.self, PutKeyPolicyInput(keyID: other.keyID, policy: policy))
    }
    // A key that does not exist yet has no ARN to be named by.
    await #expect(throws: Self.lockout) { try await service.makeKey(CreateKeyInput(policy: policy)) }
    let any = Self.own.replacing(#""Resource":"*""#, with: #""Resource":"arn:aws:kms:*:111122223333:key/*""#)
    _ = try await service.makeKey(CreateKeyInput(policy: any))
  }

  @Test(arguments: [
    ("{}", "Policy is missing the element Statement."),
    (
      #"{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:group/g"}}}"#,
      "Policy contains a statement with one or more invalid principals."
    ),
    (#"{"Statement":{"Effect":"Allow"}}"#, "Policy contains a statement with no principal."),
    ("not json", "The policy is not valid JSON."),
  ])
  func malformed(policy: String, message: String) async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let refusal = TestService.Refusal(status: 400, code: "MalformedPolicyDocumentException", message: message)
    for bypass in [true, false] {
      await #expect(throws: refusal) {
        try await service.makeKey(CreateKeyInput(policy: policy, bypassPolicyLockoutSafetyCheck: bypass))
      }
      await #expect(throws: refusal) {
        try await service.call(
          PutKeyPolicy.self,
          PutKeyPolicyInput(keyID: key.keyID, policy: policy, bypassPolicyLockoutSafetyCheck: bypass))
      }
    }
  }

  @Test func sizes() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let longest = Self.own + String(repeating: " ", count: 32_768 - Self.own.utf8.count)
    _ = try await service.call(PutKeyPolicy.self, PutKeyPolicyInput(keyID: key.keyID, policy: longest))
    #expect(try await Self.policy(service, key) == longest)
    await #expect {
      try await service.call(PutKeyPolicy.self, PutKeyPolicyInput(keyID: key.keyID, policy: longest + " "))
    } throws: { ($0 as? TestService.Refusal)?.code == "LimitExceededException" }
    await #expect { try await service.makeKey(CreateKeyInput(policy: longest + " ")) } throws: {
      ($0 as? TestService.Refusal)?.code == "LimitExceededException"
    }
  }

  @Test func everyState() async throws {
    let service = try await TestService()
    let disabled = try await service.makeKey()
    _ = try await service.call(DisableKey.self, DisableKeyInput(keyID: disabled.keyID))
    let leaving = try await service.makeKey()
    _ = try await service.call(ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: leaving.keyID))
    for key in [disabled, leaving, try await service.makeKey(CreateKeyInput(origin: .external))] {
      _ = try await service.call(PutKeyPolicy.self, PutKeyPolicyInput(keyID: key.keyID, policy: Self.own))
      #expect(try await Self.policy(service, key) == Self.own)
    }
  }
}
