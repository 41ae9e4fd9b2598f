// Temporary credentials: from STS, on the same port, to KMS.

import KMSClient
import SecureMemory
import Testing

extension ServiceTests {
  @Suite struct AssumedRoleTests {
    /// The role that alice may assume, or another.
    private func role(_ arn: String = Identities.roleARN, policy: String? = nil) throws -> AssumeRoleCredentialsProvider
    {
      AssumeRoleCredentialsProvider(
        roleARN: arn, sessionName: "end-to-end", source: Identities.alice.provider, region: "us-east-1",
        duration: .seconds(900), policy: policy, endpointURL: try currentServer().url)
    }

    @Test("the credentials of a role are fetched once, kept, and accepted")
    func kept() async throws {
      let source = try role()
      let cached = CachingCredentialsProvider(source)
      try await withClient(credentials: cached) { kms in
        let key = try await kms.makeKey()
        let dataKey = try await kms.generateDataKey(keyID: key.arn, size: .keySpec(.aes256))
        let opened = try await kms.decrypt(ciphertextBlob: dataKey.ciphertextBlob)
        #expect(opened.plaintext?.array == dataKey.plaintext?.array)
      }
      let first = try await cached.credentials()
      #expect(try await cached.credentials() == first)
      #expect(try await source.credentials().accessKeyID != first.accessKeyID)
      #expect(first.sessionToken?.isEmpty == false && first.expiration != nil)
    }

    @Test("credentials that are about to expire are replaced before the next call")
    func refreshed() async throws {
      let source = ShortLivedCredentialsProvider(try role())
      try await withClient(credentials: CachingCredentialsProvider(source)) { kms in
        for _ in 0..<2 {
          for _ in 0..<3 {
            #expect(try await kms.generateRandom(numberOfBytes: 8).plaintext?.count == 8)
          }
          try await Task.sleep(for: .milliseconds(1_100))
        }
        #expect(try await kms.generateRandom(numberOfBytes: 8).plaintext?.count == 8)
      }
      #expect(source.accessKeyIDs.count >= 3)
      #expect(Set(source.accessKeyIDs).count == source.accessKeyIDs.count)
    }

    @Test("a session may do no more than its role and its policy allow")
    func narrowed() async throws {
      let policy = Identities.policy(allowing: "kms:GenerateRandom", on: "*")
      let source = try role(policy: policy)
      try await withClient(credentials: CachingCredentialsProvider(source)) { kms in
        let random = try await kms.generateRandom(numberOfBytes: 8)
        #expect(random.plaintext?.count == 8)
        await expectRefusal(CreateKeyError.self, { if case .accessDenied = $0 { true } else { false } }) {
          _ = try await kms.makeKey()
        }
      }
    }

    @Test("a role that may not be assumed is an error of the call, with the reason of STS")
    func refused() async throws {
      let source = try role("arn:aws:iam::123456789012:role/none")
      try await withClient(credentials: CachingCredentialsProvider(source)) { kms in
        await expectRefusal(
          ListKeysError.self,
          { if case .credentials(let error) = $0 { "\(error)".contains("AccessDenied") } else { false } }
        ) {
          _ = try await kms.listKeys()
        }
      }
    }

    @Test("temporary credentials without their token, or with a changed one, are refused")
    func tokens() async throws {
      let credentials = try await role().credentials()
      let token = try #require(credentials.sessionToken)
      let changed = String(token.dropLast(8)) + String(token.suffix(8).reversed())
      for token in [nil, changed] {
        let provider = StaticCredentialsProvider.static(
          accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey, sessionToken: token)
        try await withClient(credentials: provider) { kms in
          await expectRefusal(ListKeysError.self, { if case .unrecognizedClient = $0 { true } else { false } }) {
            _ = try await kms.listKeys()
          }
        }
      }
    }
  }
}
