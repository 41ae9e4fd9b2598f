// Keys, their names, tags, descriptions and policies.

import KMSClient
import Testing

import struct KMSModel.Tag

extension Scenario {
  static let keys = [
    Scenario("a key is made and described") { kms in
      let key = try await kms.makeKey(description: "made by a test")
      for name in [key.keyID, key.arn] {
        let described = try await kms.describeKey(keyID: name).keyMetadata
        #expect(described.arn == key.arn)
        #expect(described.keySpec == .symmetricDefault && described.keyUsage == .encryptDecrypt)
        #expect(described.keyState == .enabled && described.enabled)
        #expect(described.description == "made by a test")
      }
    },
    Scenario("a key is made with all defaults") { kms in
      let key = try await kms.createKey().keyMetadata
      #expect(key.keyUsage == .encryptDecrypt && key.keySpec == .symmetricDefault && !key.multiRegion)
    },
    Scenario("an unknown key is not found") { kms in
      await expectRefusal(DescribeKeyError.self, { if case .notFound = $0 { true } else { false } }) {
        _ = try await kms.describeKey(keyID: "12345678-1234-1234-1234-123456789012")
      }
    },
    Scenario("a key of an unknown spec is refused") { kms in
      await expectRefusal(CreateKeyError.self, { if case .validation = $0 { true } else { false } }) {
        _ = try await kms.makeKey(.unknown("RSA_1024"))
      }
    },
    Scenario("an Ed25519 key is made") { kms in
      let key = try await kms.makeKey(.eccNISTEdwards25519, for: .signVerify)
      #expect(key.keySpec == .eccNISTEdwards25519)
    },
    Scenario("an alias names a key, then another, then none") { kms in
      let (first, second) = (try await kms.makeKey(), try await kms.makeKey())
      let alias = "alias/\(freshName())"
      try await kms.createAlias(aliasName: alias, targetKeyID: first.keyID)
      #expect(try await kms.describeKey(keyID: alias).keyMetadata.arn == first.arn)
      try await kms.updateAlias(aliasName: alias, targetKeyID: second.keyID)
      #expect(try await kms.describeKey(keyID: alias).keyMetadata.arn == second.arn)
      #expect(try await kms.generateDataKey(keyID: alias, size: .keySpec(.aes256)).keyID == second.arn)
      try await kms.deleteAlias(aliasName: alias)
      await expectRefusal(DescribeKeyError.self, { if case .notFound = $0 { true } else { false } }) {
        _ = try await kms.describeKey(keyID: alias)
      }
    },
    Scenario("an alias that exists is not made again") { kms in
      let key = try await kms.makeKey()
      let alias = "alias/\(freshName())"
      try await kms.createAlias(aliasName: alias, targetKeyID: key.keyID)
      await expectRefusal(CreateAliasError.self, { if case .alreadyExists = $0 { true } else { false } }) {
        try await kms.createAlias(aliasName: alias, targetKeyID: key.keyID)
      }
    },
    Scenario("a description is changed") { kms in
      let key = try await kms.makeKey(description: "old")
      try await kms.updateKeyDescription(keyID: key.keyID, description: "new")
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.description == "new")
    },
    Scenario("tags are added, replaced and removed") { kms in
      let key = try await kms.makeKey(tags: [Tag(tagKey: "team", tagValue: "blue")])
      try await kms.tagResource(
        keyID: key.keyID, tags: [Tag(tagKey: "team", tagValue: "red"), Tag(tagKey: "stage", tagValue: "test")])
      let tags = try await kms.listResourceTags(keyID: key.keyID).tags
      #expect(
        tags.sorted { $0.tagKey < $1.tagKey } == [
          Tag(tagKey: "stage", tagValue: "test"), Tag(tagKey: "team", tagValue: "red"),
        ])
      try await kms.untagResource(keyID: key.keyID, tagKeys: ["team"])
      #expect(try await kms.listResourceTags(keyID: key.keyID).tags == [Tag(tagKey: "stage", tagValue: "test")])
    },
    Scenario("a key has the default policy of its account") { kms in
      let key = try await kms.makeKey()
      let policy = try await kms.getKeyPolicy(keyID: key.keyID, policyName: "default").policy
      #expect(policy.contains("arn:aws:iam::\(key.awsAccountID):root"))
    },
    Scenario("the name of a key policy need not be said") { kms in
      let key = try await kms.makeKey()
      let policy = try await kms.getKeyPolicy(keyID: key.keyID)
      #expect(policy.policyName == "default" && policy.policy.contains("kms:*"))
    },
    Scenario("a key policy is replaced") { kms in
      let key = try await kms.makeKey()
      let policy = keyPolicy(account: key.awsAccountID, id: "replaced")
      try await kms.putKeyPolicy(keyID: key.keyID, policy: policy, policyName: "default")
      #expect(try await kms.getKeyPolicy(keyID: key.keyID, policyName: "default").policy == policy)
    },
  ]

  /// The policy that leaves a key to its account, under a name of its own.
  private static func keyPolicy(account: String, id: String) -> String {
    """
    {"Version":"2012-10-17","Id":"\(id)","Statement":[{"Effect":"Allow",\
    "Principal":{"AWS":"arn:aws:iam::\(account):root"},"Action":"kms:*","Resource":"*"}]}
    """
  }
}
