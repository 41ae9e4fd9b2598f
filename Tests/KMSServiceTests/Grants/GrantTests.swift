// Grants: made once for each name, listed, revoked, and what is refused.

import KMSDomain
import KMSModel
import Testing

@Suite struct GrantTests {
  private typealias GrantConstraints = KMSModel.GrantConstraints
  private static let alice = "arn:aws:iam::111122223333:user/alice"
  private static let bob = "arn:aws:iam::444455556666:role/path/bob"

  private static func input(_ key: KeyMetadata, _ change: (inout CreateGrantInput) -> Void = { _ in })
    -> CreateGrantInput
  {
    var input = CreateGrantInput(keyID: key.keyID, granteePrincipal: alice, operations: [.decrypt, .encrypt])
    change(&input)
    return input
  }

  private static func list(_ service: TestService, _ key: KeyMetadata) async throws -> [GrantListEntry] {
    try await service.call(ListGrants.self, ListGrantsInput(keyID: key.keyID, limit: 100)).grants
  }

  // MARK: Making

  @Test func allFactsAreListed() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let constraints = GrantConstraints(encryptionContextSubset: ["team": "☃"], encryptionContextEquals: [:])
    let full = try await service.call(
      CreateGrant.self,
      Self.input(key) {
        $0.keyID = key.arn
        $0.retiringPrincipal = Self.bob
        $0.constraints = constraints
        $0.name = "a/b:c_d-1"
        $0.operations = [.describeKey, .decrypt, .describeKey]
      })
    #expect(full.grantID.utf8.count == 64)
    let entry = try #require(try await Self.list(service, key).first)
    #expect(
      entry
        == GrantListEntry(
          keyID: key.arn, grantID: full.grantID, creationDate: service.now, granteePrincipal: Self.alice,
          issuingAccount: "arn:aws:iam::111122223333:root", operations: [.describeKey, .decrypt], name: "a/b:c_d-1",
          retiringPrincipal: Self.bob, constraints: constraints))

    let other = try await service.makeKey()
    _ = try await service.call(CreateGrant.self, Self.input(other) { $0.constraints = GrantConstraints() })
    let plain = try #require(try await Self.list(service, other).first)
    #expect(plain.name == "")
    #expect(plain.retiringPrincipal == nil)
    #expect(plain.constraints == nil)
  }

  @Test func withoutANameEachIsNew() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let ids = [
      try await service.call(CreateGrant.self, Self.input(key)).grantID,
      try await service.call(CreateGrant.self, Self.input(key)).grantID,
    ]
    #expect(try await Self.list(service, key).map(\.grantID) == ids.sorted())
    #expect(ids[0] != ids[1])
  }

  @Test func aNameAndTheSameParametersAreOneGrant() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let named = Self.input(key) {
      $0.name = "one"
      $0.retiringPrincipal = Self.bob
      $0.constraints = GrantConstraints(encryptionContextSubset: ["a": "b"])
    }
    let first = try await service.call(CreateGrant.self, named)
    service.advance(by: 3600)
    var reordered = named
    reordered.operations = [.encrypt, .decrypt, .encrypt]
    for repeated in [named, reordered] {
      let again = try await service.call(CreateGrant.self, repeated)
      #expect(again.grantID == first.grantID)
      #expect(again.grantToken != first.grantToken)
    }
    #expect(try await Self.list(service, key).count == 1)

    // Anything else makes another, under the same name.
    let others: [(inout CreateGrantInput) -> Void] = [
      { $0.granteePrincipal = Self.bob }, { $0.retiringPrincipal = nil }, { $0.operations = [.decrypt] },
      { $0.constraints = nil }, { $0.constraints = GrantConstraints(encryptionContextEquals: ["a": "b"]) },
      { $0.constraints = GrantConstraints(encryptionContextSubset: ["a": "c"]) }, { $0.name = "two" },
    ]
    var ids: Set<String> = [first.grantID]
    for change in others {
      var other = named
      change(&other)
      #expect(ids.insert(try await service.call(CreateGrant.self, other).grantID).inserted)
      #expect(ids.contains(try await service.call(CreateGrant.self, other).grantID))
    }
    #expect(try await Self.list(service, key).count == ids.count)
    // A name belongs to its key.
    let second = try await service.makeKey()
    var elsewhere = named
    elsewhere.keyID = second.keyID
    #expect(ids.insert(try await service.call(CreateGrant.self, elsewhere).grantID).inserted)
    // A revoked grant is not repeated.
    _ = try await service.call(RevokeGrant.self, RevokeGrantInput(keyID: key.keyID, grantID: first.grantID))
    #expect(ids.insert(try await service.call(CreateGrant.self, named).grantID).inserted)
  }

  @Test func aNameIsOneGrantUnderConcurrentCalls() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let named = Self.input(key) { $0.name = "one" }
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 {
        group.addTask { try await service.call(CreateGrant.self, named).grantID }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
    #expect(try await Self.list(service, key).map(\.grantID) == Array(ids))
  }

  @Test func quota() async throws {
    var quotas = ResourceQuotas()
    quotas.grantsPerKey = 2
    let service = try await TestService(quotas: quotas)
    let key = try await service.makeKey()
    let named = Self.input(key) { $0.name = "one" }
    let first = try await service.call(CreateGrant.self, named)
    _ = try await service.call(CreateGrant.self, Self.input(key))
    await #expect { try await service.call(CreateGrant.self, Self.input(key)) } throws: {
      ($0 as? TestService.Refusal)?.code == "LimitExceededException"
    }
    #expect(try await service.call(CreateGrant.self, named).grantID == first.grantID)
    _ = try await service.call(RevokeGrant.self, RevokeGrantInput(keyID: key.keyID, grantID: first.grantID))
    _ = try await service.call(CreateGrant.self, Self.input(key))
  }

  // MARK: Rules

  @Test(arguments: [
    "alice", "111122223333", "*", "arn:aws:iam::111122223333:group/g", "arn:aws:iam::111122223333:user/*",
    "arn:aws-cn:iam::111122223333:root", "logs.amazonaws.com", "arn:aws:iam::1:root",
  ])
  func principals(text: String) async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    for wrong in [Self.input(key) { $0.granteePrincipal = text }, Self.input(key) { $0.retiringPrincipal = text }] {
      await #expect { try await service.call(CreateGrant.self, wrong) } throws: {
        ($0 as? TestService.Refusal)?.code == (text.contains("*") ? "ValidationException" : "InvalidArnException")
      }
    }
    #expect(try await Self.list(service, key).isEmpty)
  }

  static let encryption: Set<KMSModel.GrantOperation> = [.encrypt, .decrypt, .reEncryptFrom, .reEncryptTo]
  static let dataKeys: Set<KMSModel.GrantOperation> = [
    .generateDataKey, .generateDataKeyWithoutPlaintext, .generateDataKeyPair, .generateDataKeyPairWithoutPlaintext,
  ]

  static let kinds: [(spec: KMSModel.KeySpec, usage: KMSModel.KeyUsage, possible: Set<KMSModel.GrantOperation>)] = [
    (.symmetricDefault, .encryptDecrypt, encryption.union(dataKeys)),
    (.rsa2048, .encryptDecrypt, encryption.union([.getPublicKey])),
    (.rsa2048, .signVerify, [.sign, .verify, .getPublicKey]),
    (.eccNISTP256, .signVerify, [.sign, .verify, .getPublicKey]),
    (.eccNISTP256, .keyAgreement, [.deriveSharedSecret, .getPublicKey]),
    (.hmac256, .generateVerifyMac, [.generateMac, .verifyMac]),
  ]

  @Test(arguments: kinds)
  func operations(
    spec: KMSModel.KeySpec, usage: KMSModel.KeyUsage, possible: Set<KMSModel.GrantOperation>
  ) async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(keyUsage: usage, keySpec: spec))
    let possible = possible.union([.createGrant, .retireGrant, .describeKey])
    for operation in KMSModel.GrantOperation.allKnown {
      let input = Self.input(key) { $0.operations = [.describeKey, operation] }
      if possible.contains(operation) {
        _ = try await service.call(CreateGrant.self, input)
      } else {
        await #expect("\(operation)") { try await service.call(CreateGrant.self, input) } throws: {
          ($0 as? TestService.Refusal)?.code == "ValidationException"
        }
      }
    }
    let constrained = Self.input(key) {
      $0.operations = [.describeKey]
      $0.constraints = GrantConstraints(encryptionContextEquals: ["a": "b"])
    }
    if spec == .symmetricDefault {
      _ = try await service.call(CreateGrant.self, constrained)
    } else {
      await #expect { try await service.call(CreateGrant.self, constrained) } throws: {
        ($0 as? TestService.Refusal)?.code == "ValidationException"
      }
    }
  }

  @Test func constraints() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    func context(_ count: Int) -> [String: String] {
      Dictionary(uniqueKeysWithValues: (0..<count).map { ("k\($0)", String(repeating: "😀", count: 384)) })
    }
    let good = [
      GrantConstraints(encryptionContextSubset: context(8), encryptionContextEquals: context(8)),
      GrantConstraints(encryptionContextSubset: [:]),
    ]
    for constraints in good {
      _ = try await service.call(CreateGrant.self, Self.input(key) { $0.constraints = constraints })
    }
    let bad = [
      GrantConstraints(encryptionContextSubset: context(9)), GrantConstraints(encryptionContextEquals: context(9)),
      GrantConstraints(encryptionContextEquals: ["a": String(repeating: "x", count: 385)]),
    ]
    for constraints in bad {
      await #expect {
        try await service.call(CreateGrant.self, Self.input(key) { $0.constraints = constraints })
      } throws: { ($0 as? TestService.Refusal)?.code == "ValidationException" }
    }
    await #expect { try await service.call(CreateGrant.self, Self.input(key) { $0.operations = [] }) } throws: {
      ($0 as? TestService.Refusal)?.code == "ValidationException"
    }
  }

  @Test func states() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let made = try await service.call(CreateGrant.self, Self.input(key))
    let second = try await service.call(CreateGrant.self, Self.input(key))
    _ = try await service.call(DisableKey.self, DisableKeyInput(keyID: key.keyID))
    await #expect(
      throws: TestService.Refusal(status: 400, code: "DisabledException", message: "\(key.arn) is disabled.")
    ) { try await service.call(CreateGrant.self, Self.input(key)) }
    #expect(try await Self.list(service, key).count == 2)
    _ = try await service.call(RevokeGrant.self, RevokeGrantInput(keyID: key.keyID, grantID: made.grantID))
    _ = try await service.call(ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID))
    _ = try await service.call(RetireGrant.self, RetireGrantInput(grantToken: second.grantToken))
    #expect(try await Self.list(service, key).isEmpty)
  }

  // MARK: Dry runs

  @Test func dryRunsChangeNothing() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let made = try await service.call(CreateGrant.self, Self.input(key))
    let wouldSucceed = TestService.Refusal(
      status: 400, code: "DryRunOperationException",
      message: "The request would have succeeded, but the DryRun option is set.")
    await #expect(throws: wouldSucceed) {
      try await service.call(CreateGrant.self, Self.input(key) { $0.dryRun = true })
    }
    await #expect(throws: wouldSucceed) {
      try await service.call(RevokeGrant.self, RevokeGrantInput(keyID: key.keyID, grantID: made.grantID, dryRun: true))
    }
    await #expect(throws: wouldSucceed) {
      try await service.call(RetireGrant.self, RetireGrantInput(grantToken: made.grantToken, dryRun: true))
    }
    #expect(try await Self.list(service, key).map(\.grantID) == [made.grantID])
    // Every other refusal comes first.
    let unknown = String(repeating: "0", count: 64)
    await #expect {
      try await service.call(RevokeGrant.self, RevokeGrantInput(keyID: key.keyID, grantID: unknown, dryRun: true))
    } throws: { ($0 as? TestService.Refusal)?.code == "NotFoundException" }
    await #expect {
      try await service.call(
        CreateGrant.self,
        Self.input(key) {
          $0.dryRun = true
          $0.operations = [.sign]
        })
    } throws: { ($0 as? TestService.Refusal)?.code == "ValidationException" }
  }

  // MARK: Revoking

  @Test func revokedGrantsAreGone() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let other = try await service.makeKey()
    let made = try await service.call(CreateGrant.self, Self.input(key))
    func code(_ key: KeyMetadata, _ id: String) async -> String? {
      do {
        _ = try await service.call(RevokeGrant.self, RevokeGrantInput(keyID: key.arn, grantID: id))
        return nil
      } catch {
        return (error as? TestService.Refusal)?.code
      }
    }
    #expect(await code(other, made.grantID) == "NotFoundException")
    #expect(await code(key, "abc") == "InvalidGrantIdException")
    #expect(await code(key, made.grantID.uppercased()) == "InvalidGrantIdException")
    #expect(await code(key, made.grantID) == nil)
    #expect(await code(key, made.grantID) == "NotFoundException")
  }

  // MARK: Listing

  @Test func filters() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let alices = try await service.call(CreateGrant.self, Self.input(key)).grantID
    let bobs = try await service.call(CreateGrant.self, Self.input(key) { $0.granteePrincipal = Self.bob }).grantID
    func found(_ grantID: String?, _ grantee: String?) async throws -> [String] {
      try await service.call(
        ListGrants.self, ListGrantsInput(keyID: key.arn, grantID: grantID, granteePrincipal: grantee)
      ).grants.map(\.grantID)
    }
    #expect(try await found(nil, nil) == [alices, bobs].sorted())
    #expect(try await found(nil, Self.alice) == [alices])
    #expect(try await found(bobs, nil) == [bobs])
    #expect(try await found(bobs, Self.bob) == [bobs])
    #expect(try await found(bobs, Self.alice) == [])
    #expect(try await found(String(repeating: "0", count: 64), nil) == [])
    #expect(try await found(nil, "arn:aws:iam::111122223333:user/nobody") == [])
    await #expect { try await found("abc", nil) } throws: {
      ($0 as? TestService.Refusal)?.code == "InvalidGrantIdException"
    }
  }

  @Test func pages() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    var ids: [String] = []
    for number in 0..<7 {
      let input = Self.input(key) {
        $0.granteePrincipal = number < 5 ? Self.alice : Self.bob
        $0.retiringPrincipal = Self.alice
      }
      ids.append(try await service.call(CreateGrant.self, input).grantID)
    }
    for limit in [1, 3, 6, 7, 100] {
      var found: [String] = []
      var marker: String?
      repeat {
        let page = try await service.call(
          ListGrants.self, ListGrantsInput(keyID: key.keyID, limit: limit, marker: marker))
        #expect(page.grants.count <= limit)
        #expect(page.truncated == (page.nextMarker != nil))
        found += page.grants.map(\.grantID)
        marker = page.nextMarker
      } while marker != nil
      #expect(found == ids.sorted())

      found = []
      repeat {
        let page = try await service.call(
          ListRetirableGrants.self,
          ListRetirableGrantsInput(retiringPrincipal: Self.alice, limit: limit, marker: marker))
        found += page.grants.map(\.grantID)
        marker = page.nextMarker
      } while marker != nil
      #expect(found == ids.sorted())
    }
    // A marker belongs to its key and its filter.
    let marker = try await service.call(ListGrants.self, ListGrantsInput(keyID: key.keyID, limit: 1)).nextMarker
    let other = try await service.makeKey()
    for wrong in [
      ListGrantsInput(keyID: other.keyID, marker: marker),
      ListGrantsInput(keyID: key.keyID, marker: marker, granteePrincipal: Self.alice),
    ] {
      await #expect { try await service.call(ListGrants.self, wrong) } throws: {
        ($0 as? TestService.Refusal)?.code == "InvalidMarkerException"
      }
    }
    for limit in [101, 1000] {
      await #expect {
        try await service.call(ListGrants.self, ListGrantsInput(keyID: key.keyID, limit: limit))
      } throws: { ($0 as? TestService.Refusal)?.code == "ValidationException" }
      await #expect {
        try await service.call(
          ListRetirableGrants.self, ListRetirableGrantsInput(retiringPrincipal: Self.alice, limit: limit))
      } throws: { ($0 as? TestService.Refusal)?.code == "ValidationException" }
    }
  }

  @Test func otherAccountsKeys() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let made = try await service.call(CreateGrant.self, Self.input(key))
    var input = Self.input(key)
    input.keyID = key.arn
    let foreign = input
    let denied: @Sendable (any Error) -> Bool = { ($0 as? TestService.Refusal)?.code == "AccessDeniedException" }
    await #expect(
      performing: { try await service.call(CreateGrant.self, foreign, account: IsolationTests.other) }, throws: denied)
    await #expect(
      performing: {
        try await service.call(ListGrants.self, ListGrantsInput(keyID: key.arn), account: IsolationTests.other)
      }, throws: denied)
    await #expect(
      performing: {
        try await service.call(
          RevokeGrant.self, RevokeGrantInput(keyID: key.arn, grantID: made.grantID), account: IsolationTests.other)
      }, throws: denied)
  }
}
