// Unit tests against a KMS in this process: no port, no AWS account, real cryptography.

import KMSClientTesting
import Testing
import UnitTested

@Suite struct TokenVaultTests {
  let kms: TestKMS
  let key: KeyMetadata
  let vault: TokenVault

  init() async throws {
    kms = try await TestKMS()
    key = try await kms.client().createKey().keyMetadata
    vault = TokenVault(kms: kms.client(), keyID: key.arn)
  }

  @Test("A token is opened for its customer, and for nobody else")
  func bound() async throws {
    let sealed = try await vault.seal(SecretBytes("token".utf8), for: "blue")
    #expect(try await vault.open(sealed, of: "blue") == SecretBytes("token".utf8))
    await #expect(throws: TokenVault.Failure.notThisCustomers) { try await vault.open(sealed, of: "red") }
  }

  @Test("A key that is to be deleted opens nothing, and after its waiting period does not exist")
  func deletedKey() async throws {
    let sealed = try await vault.seal(SecretBytes("token".utf8), for: "blue")
    _ = try await kms.client().scheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7)
    await #expect(throws: TokenVault.Failure.keyOutOfUse) { try await vault.open(sealed, of: "blue") }
    await kms.advance(days: 8)
    await #expect(throws: DescribeKeyError.self) { try await kms.client().describeKey(keyID: key.keyID) }
  }

  @Test(
    "When KMS fails the vault says whether to try again", arguments: [InjectedFault.throttling, .timeout, .transport])
  func passingFailures(_ fault: InjectedFault) async throws {
    kms.failNext(fault, of: .encrypt)
    await #expect(throws: TokenVault.Failure.tryAgainLater) {
      try await vault.seal(SecretBytes("token".utf8), for: "blue")
    }
    _ = try await vault.seal(SecretBytes("token".utf8), for: "blue")
    #expect(kms.calls.map(\.operation) == [.createKey, .encrypt, .encrypt])
  }
}
