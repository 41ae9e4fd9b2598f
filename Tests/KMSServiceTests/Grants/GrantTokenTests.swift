// Grant tokens: what this service issued is taken by every operation that knows them, and nothing else is.

import KMSModel
import SecureMemory
import Testing

@Suite struct GrantTokenTests {
  private static func token(_ service: TestService, _ key: KeyMetadata) async throws -> String {
    try await service.call(
      CreateGrant.self,
      CreateGrantInput(keyID: key.keyID, granteePrincipal: "arn:aws:iam::111122223333:root", operations: [.decrypt])
    ).grantToken
  }

  private static func code(
    _ service: TestService, _ key: KeyMetadata, _ tokens: [String], region: String = "us-east-1"
  ) async throws -> String? {
    do {
      _ = try await service.call(
        DescribeKey.self, DescribeKeyInput(keyID: key.keyID, grantTokens: tokens), region: region)
      return nil
    } catch let refusal as TestService.Refusal {
      return refusal.code
    }
  }

  @Test func operationsTakeThem() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let other = try await service.makeKey()
    let tokens = [try await Self.token(service, key), try await Self.token(service, other)]
    let garbage = ["garbage"]
    let refusal = TestService.Refusal(
      status: 400, code: "InvalidGrantTokenException", message: "The grant token is not valid.")
    let blob = try await service.call(
      Encrypt.self, EncryptInput(keyID: key.keyID, plaintext: SecretBytes(Array("x".utf8)), grantTokens: tokens)
    ).ciphertextBlob
    _ = try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob, grantTokens: tokens))
    _ = try await service.call(
      ReEncrypt.self, ReEncryptInput(destinationKeyID: other.keyID, ciphertextBlob: blob, grantTokens: tokens))
    _ = try await service.call(
      GenerateDataKey.self, GenerateDataKeyInput(keyID: key.keyID, keySpec: .aes256, grantTokens: tokens))
    _ = try await service.call(
      CreateGrant.self,
      CreateGrantInput(
        keyID: key.keyID, granteePrincipal: "arn:aws:iam::111122223333:root", operations: [.decrypt],
        grantTokens: tokens))
    await #expect(throws: refusal) {
      try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob, grantTokens: garbage))
    }
    await #expect(throws: refusal) {
      try await service.call(
        CreateGrant.self,
        CreateGrantInput(
          keyID: key.keyID, granteePrincipal: "arn:aws:iam::111122223333:root", operations: [.decrypt],
          grantTokens: garbage))
    }
  }

  @Test func alteredTokensAreRefused() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let token = try await Self.token(service, key)
    #expect(try await Self.code(service, key, [token]) == nil)
    #expect(token.utf8.count <= 8192)
    for index in token.indices {
      var altered = token
      altered.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
      #expect(try await Self.code(service, key, [token, altered]) == "InvalidGrantTokenException")
    }
    for wrong in [" " + token, token + "\n", String(token.dropLast()), token + token, "AAAA", "="] {
      #expect(try await Self.code(service, key, [wrong]) == "InvalidGrantTokenException")
    }
    #expect(try await Self.code(service, key, Array(repeating: token, count: 10)) == nil)
    #expect(try await Self.code(service, key, Array(repeating: token, count: 11)) == "ValidationException")
  }

  @Test func tokensOutliveTheirGrantsAndNotTheirRegion() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let token = try await Self.token(service, key)
    let abroad = try await service.call(CreateKey.self, CreateKeyInput(), region: "eu-west-1").keyMetadata
    #expect(try await Self.code(service, abroad, [token], region: "eu-west-1") == "InvalidGrantTokenException")
    _ = try await service.call(RetireGrant.self, RetireGrantInput(grantToken: token))
    #expect(try await Self.code(service, key, [token]) == nil)
    // A service with other sealing keys issued none of these.
    let other = try await TestService()
    #expect(try await Self.code(other, try await other.makeKey(), [token]) == "InvalidGrantTokenException")
  }
}
