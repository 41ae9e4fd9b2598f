// RetireGrant and ListRetirableGrants: grants end by the will of those whom they name.

import KMSDomain
import KMSModel
import Testing

@Suite struct GrantRetirementTests {
  private static let owner = "111122223333"
  private static let retirer = "444455556666"
  private static let stranger = "777788889999"

  private static func root(_ account: String) -> String { "arn:aws:iam::\(account):root" }

  private static func grant(
    _ service: TestService, on key: KeyMetadata, to grantee: String = retirer, retiredBy retiring: String? = nil,
    _ operations: [KMSModel.GrantOperation] = [.decrypt]
  ) async throws -> CreateGrantOutput {
    try await service.call(
      CreateGrant.self,
      CreateGrantInput(
        keyID: key.keyID, granteePrincipal: root(grantee), operations: operations,
        retiringPrincipal: retiring.map(root)))
  }

  private static func code(
    _ service: TestService, _ input: RetireGrantInput, as account: String, region: String = "us-east-1"
  ) async -> String? {
    do {
      _ = try await service.call(RetireGrant.self, input, account: account, region: region)
      return nil
    } catch {
      return (error as? TestService.Refusal)?.code ?? "\(error)"
    }
  }

  @Test func byTokenAndById() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let byToken = try await Self.grant(service, on: key)
    let byARN = try await Self.grant(service, on: key)
    let byKeyID = try await Self.grant(service, on: key)
    #expect(await Self.code(service, RetireGrantInput(grantToken: byToken.grantToken), as: Self.owner) == nil)
    #expect(await Self.code(service, RetireGrantInput(keyID: key.arn, grantID: byARN.grantID), as: Self.owner) == nil)
    #expect(
      await Self.code(service, RetireGrantInput(keyID: key.keyID, grantID: byKeyID.grantID), as: Self.owner) == nil)
    #expect(try await service.call(ListGrants.self, ListGrantsInput(keyID: key.keyID)).grants.isEmpty)
    // Once only.
    for input in [
      RetireGrantInput(grantToken: byToken.grantToken), RetireGrantInput(keyID: key.arn, grantID: byARN.grantID),
    ] {
      #expect(await Self.code(service, input, as: Self.owner) == "NotFoundException")
    }
  }

  @Test func everyTokenOfAGrantIsGood() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let input = CreateGrantInput(
      keyID: key.keyID, granteePrincipal: Self.root(Self.retirer), operations: [.decrypt], name: "one")
    let first = try await service.call(CreateGrant.self, input)
    let second = try await service.call(CreateGrant.self, input)
    #expect(
      await Self.code(service, RetireGrantInput(grantToken: first.grantToken, dryRun: true), as: Self.owner)
        == "DryRunOperationException")
    #expect(await Self.code(service, RetireGrantInput(grantToken: second.grantToken), as: Self.owner) == nil)
    #expect(
      await Self.code(service, RetireGrantInput(grantToken: first.grantToken), as: Self.owner) == "NotFoundException")
  }

  @Test func byWhomTheGrantNames() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let retirable = try await Self.grant(service, on: key, to: Self.stranger, retiredBy: Self.retirer)
    // The grantee may not, others may not.
    #expect(
      await Self.code(service, RetireGrantInput(grantToken: retirable.grantToken), as: Self.stranger)
        == "AccessDeniedException")
    #expect(
      await Self.code(service, RetireGrantInput(grantToken: retirable.grantToken, dryRun: true), as: Self.stranger)
        == "AccessDeniedException")
    #expect(
      await Self.code(service, RetireGrantInput(keyID: key.arn, grantID: retirable.grantID), as: Self.retirer) == nil)
    let granted = try await Self.grant(service, on: key, [.decrypt, .retireGrant])
    #expect(
      await Self.code(service, RetireGrantInput(keyID: key.arn, grantID: granted.grantID), as: Self.stranger)
        == "AccessDeniedException")
    #expect(await Self.code(service, RetireGrantInput(grantToken: granted.grantToken), as: Self.retirer) == nil)
  }

  @Test func strangersLearnNothing() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let made = try await Self.grant(service, on: key)
    let none = String(repeating: "0", count: 64)
    let missing = key.arn.replacing(key.keyID, with: "1234abcd-12ab-34cd-56ef-1234567890ab")
    var answers: Set<String> = []
    for (arn, id) in [(key.arn, made.grantID), (key.arn, none), (missing, none)] {
      do {
        _ = try await service.call(RetireGrant.self, RetireGrantInput(keyID: arn, grantID: id), account: Self.stranger)
      } catch let refusal as TestService.Refusal {
        answers.insert(refusal.description)
      }
    }
    #expect(answers.count == 1)
    #expect(answers.first?.contains("AccessDeniedException") == true)
  }

  @Test func parameters() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let made = try await Self.grant(service, on: key)
    let id = made.grantID
    let cases: [(RetireGrantInput, String)] = [
      (RetireGrantInput(), "ValidationException"), (RetireGrantInput(keyID: key.arn), "ValidationException"),
      (RetireGrantInput(grantID: id), "ValidationException"),
      (RetireGrantInput(grantToken: made.grantToken, keyID: key.arn, grantID: id), "ValidationException"),
      (RetireGrantInput(grantToken: made.grantToken, keyID: key.arn), "ValidationException"),
      (RetireGrantInput(grantToken: made.grantToken, grantID: id), "ValidationException"),
      (RetireGrantInput(grantToken: "garbage"), "InvalidGrantTokenException"),
      (RetireGrantInput(keyID: key.arn, grantID: "abc"), "InvalidGrantIdException"),
      (RetireGrantInput(keyID: key.arn, grantID: String(repeating: "0", count: 64)), "NotFoundException"),
      (RetireGrantInput(keyID: "alias/x", grantID: id), "NotFoundException"),
      (RetireGrantInput(keyID: "arn:aws:s3:::x", grantID: id), "InvalidArnException"),
    ]
    for (input, code) in cases { #expect(await Self.code(service, input, as: Self.owner) == code, "\(input)") }
    #expect(try await service.call(ListGrants.self, ListGrantsInput(keyID: key.keyID)).grants.count == 1)
  }

  @Test func listing() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let foreign = try await service.call(CreateKey.self, CreateKeyInput(), account: Self.stranger).keyMetadata
    let here = try await Self.grant(service, on: key, retiredBy: Self.retirer)
    _ = try await Self.grant(service, on: key, retiredBy: Self.stranger)
    _ = try await Self.grant(service, on: key, to: Self.retirer)
    let there = try await service.call(
      CreateGrant.self,
      CreateGrantInput(
        keyID: foreign.keyID, granteePrincipal: Self.root(Self.owner), operations: [.decrypt],
        retiringPrincipal: Self.root(Self.retirer)), account: Self.stranger)
    let grants = try await service.call(
      ListRetirableGrants.self, ListRetirableGrantsInput(retiringPrincipal: Self.root(Self.retirer)),
      account: Self.retirer
    ).grants
    #expect(Set(grants.map(\.grantID)) == [here.grantID, there.grantID])
    #expect(Set(grants.map(\.keyID)) == [key.arn, foreign.arn])
    #expect(Set(grants.map(\.issuingAccount)) == [Self.root(Self.owner), Self.root(Self.stranger)])
    // Nobody looks into another account, and grants are a matter of their Region.
    await #expect {
      try await service.call(
        ListRetirableGrants.self, ListRetirableGrantsInput(retiringPrincipal: Self.root(Self.retirer)))
    } throws: { ($0 as? TestService.Refusal)?.code == "AccessDeniedException" }
    #expect(
      try await service.call(
        ListRetirableGrants.self, ListRetirableGrantsInput(retiringPrincipal: Self.root(Self.retirer)),
        account: Self.retirer, region: "eu-west-1"
      ).grants.isEmpty)
    await #expect {
      try await service.call(ListRetirableGrants.self, ListRetirableGrantsInput(retiringPrincipal: "alice"))
    } throws: { ($0 as? TestService.Refusal)?.code == "InvalidArnException" }
  }
}
