// Accounts and Regions are apart: the same id, name or blob means nothing elsewhere.

import KMSModel
import KMSService
import Testing

@Suite struct IsolationTests {
  static let other = "444455556666"

  @Test func anotherAccountSeesNothing() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    _ = try await service.call(CreateAlias.self, CreateAliasInput(aliasName: "alias/app", targetKeyID: key.keyID))
    let blob = try await service.call(
      GenerateDataKey.self, GenerateDataKeyInput(keyID: key.arn, keySpec: .aes256)
    ).ciphertextBlob

    for (name, code) in [
      (key.keyID, "NotFoundException"), ("alias/app", "NotFoundException"), (key.arn, "AccessDeniedException"),
      ("arn:aws:kms:us-east-1:111122223333:alias/app", "AccessDeniedException"),
      // What does not exist there answers alike.
      ("arn:aws:kms:us-east-1:111122223333:alias/none", "AccessDeniedException"),
      ("arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", "AccessDeniedException"),
    ] {
      await #expect {
        try await service.call(DescribeKey.self, DescribeKeyInput(keyID: name), account: Self.other)
      } throws: { ($0 as? TestService.Refusal)?.code == code }
    }
    await #expect {
      try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob), account: Self.other)
    } throws: { ($0 as? TestService.Refusal)?.code == "AccessDeniedException" }
    #expect(try await service.call(ListKeys.self, ListKeysInput(), account: Self.other).keys.isEmpty)
    #expect(try await service.call(ListAliases.self, ListAliasesInput(), account: Self.other).aliases.isEmpty)
  }

  /// A request with a second fault in it must not tell, by which of the two it is refused for, whether a key is there.
  @Test func whatIsRefusedFirstTellsNothing() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let own = try await service.call(CreateKey.self, CreateKeyInput(), account: Self.other).keyMetadata
    _ = try await service.call(CreateAlias.self, CreateAliasInput(aliasName: "alias/app", targetKeyID: key.keyID))
    let blob = try await service.call(
      GenerateDataKey.self, GenerateDataKeyInput(keyID: own.keyID, keySpec: .aes256), account: Self.other
    ).ciphertextBlob
    func refusal(_ call: () async throws -> Void) async throws -> String {
      try #require(await #expect(throws: TestService.Refusal.self) { try await call() }).code
    }
    let missingKey = "1234abcd-12ab-34cd-56ef-1234567890ab"
    let aliases = "arn:aws:kms:us-east-1:111122223333:alias/"
    var codes: [[String]] = []
    for alias in ["app", "none"] {
      codes.append([
        try await refusal {
          _ = try await service.call(
            DescribeKey.self, DescribeKeyInput(keyID: aliases + alias, grantTokens: ["x"]), account: Self.other)
        },
        try await refusal {
          _ = try await service.call(
            ReEncrypt.self,
            ReEncryptInput(destinationKeyID: missingKey, ciphertextBlob: blob, sourceKeyID: aliases + alias),
            account: Self.other)
        },
        try await refusal {
          _ = try await service.call(
            ReEncrypt.self,
            ReEncryptInput(destinationKeyID: aliases + alias, ciphertextBlob: blob, sourceKeyID: missingKey),
            account: Self.other)
        },
      ])
    }
    for arn in [key.arn, "arn:aws:kms:us-east-1:111122223333:key/\(missingKey)"] {
      codes.append([
        try await refusal {
          _ = try await service.call(
            UpdatePrimaryRegion.self, UpdatePrimaryRegionInput(keyID: arn, primaryRegion: "eu-west-1"),
            account: Self.other)
        }
      ])
    }
    #expect(codes[0] == codes[1])
    #expect(codes[2] == codes[3])
  }

  @Test func anotherRegionSeesNothing() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let blob = try await service.call(
      GenerateDataKey.self, GenerateDataKeyInput(keyID: key.arn, keySpec: .aes256)
    ).ciphertextBlob
    await #expect(
      throws: TestService.Refusal(status: 400, code: "NotFoundException", message: "Invalid arn us-east-1")
    ) { try await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.arn), region: "eu-west-1") }
    await #expect {
      try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob), region: "eu-west-1")
    } throws: { ($0 as? TestService.Refusal)?.code == "AccessDeniedException" }
    #expect(try await service.call(ListKeys.self, ListKeysInput(), region: "eu-west-1").keys.isEmpty)
  }

  @Test func chinaHasItsOwnPartition() async throws {
    let service = try await TestService()
    let key = try await service.call(CreateKey.self, CreateKeyInput(), region: "cn-north-1").keyMetadata
    #expect(key.arn.hasPrefix("arn:aws-cn:kms:cn-north-1:111122223333:key/"))
    let pair = try await service.call(
      GenerateDataKeyPair.self, GenerateDataKeyPairInput(keyID: key.arn, keyPairSpec: .sm2), region: "cn-north-1")
    #expect(pair.publicKey.count == 91)
  }

  @Test func markersBelongToTheirListing() async throws {
    let service = try await TestService()
    for _ in 0..<3 { _ = try await service.makeKey() }
    let marker = try #require(try await service.call(ListKeys.self, ListKeysInput(limit: 1)).nextMarker)
    #expect(try await service.call(ListKeys.self, ListKeysInput(limit: 5, marker: marker)).keys.count == 2)
    let invalid: @Sendable (any Error) -> Bool = { ($0 as? TestService.Refusal)?.code == "InvalidMarkerException" }
    await #expect(
      performing: {
        try await service.call(ListKeys.self, ListKeysInput(limit: 5, marker: marker), account: Self.other)
      }, throws: invalid)
    await #expect(
      performing: {
        try await service.call(ListAliases.self, ListAliasesInput(limit: 5, marker: marker))
      }, throws: invalid)
    for index in marker.indices {
      var altered = marker
      altered.replaceSubrange(index...index, with: marker[index] == "0" ? "1" : "0")
      let changed = altered
      await #expect(
        performing: {
          try await service.call(ListKeys.self, ListKeysInput(limit: 5, marker: changed))
        }, throws: invalid)
    }
  }
}
