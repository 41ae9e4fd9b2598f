// The service that users' tests run in their own process.

import Foundation
import KMSClientTesting
import Testing

@Suite struct TestKMSTests {
  @Test("What was encrypted is decrypted, and only with the same context")
  func roundTrip() async throws {
    let kms = try await TestKMS()
    let client = kms.client()
    let key = try await client.createKey().keyMetadata
    #expect(key.arn.hasPrefix("arn:aws:kms:us-east-1:123456789012:key/"))
    let sealed = try await client.encrypt(
      keyID: key.keyID, plaintext: SecretBytes("secret".utf8), encryptionContext: ["tenant": "blue"])
    let opened = try await client.decrypt(
      ciphertextBlob: sealed.ciphertextBlob, encryptionContext: ["tenant": "blue"])
    #expect(opened.plaintext == SecretBytes("secret".utf8))
    await #expect {
      try await client.decrypt(ciphertextBlob: sealed.ciphertextBlob, encryptionContext: ["tenant": "red"])
    } throws: {
      if case .invalidCiphertext = $0 as? DecryptError { true } else { false }
    }
    try await kms.shutdown()
  }

  @Test("Errors are those of the service, typed")
  func errors() async throws {
    let kms = try await TestKMS()
    let client = kms.client()
    let key = try await client.createKey().keyMetadata
    _ = try await client.disableKey(keyID: key.keyID)
    await #expect {
      try await client.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256))
    } throws: {
      if case .disabled = $0 as? GenerateDataKeyError { true } else { false }
    }
    await #expect {
      try await client.describeKey(keyID: "alias/none")
    } throws: {
      if case .notFound(let error) = $0 as? DescribeKeyError { error.requestID != nil } else { false }
    }
    try await kms.shutdown()
  }

  @Test("Slow cryptography is done too: an RSA key signs")
  func slowCryptography() async throws {
    let kms = try await TestKMS()
    let client = kms.client()
    let key = try await client.createKey(keyUsage: .signVerify, keySpec: .rsa2048).keyMetadata
    let message = SecretBytes("message".utf8)
    let signature = try await client.sign(
      keyID: key.keyID, message: message, signingAlgorithm: .rsassaPSSSHA256
    ).signature
    let answer = try await client.verify(
      keyID: key.keyID, message: message, signature: signature, signingAlgorithm: .rsassaPSSSHA256)
    #expect(answer.signatureValid)
    try await kms.shutdown()
  }

  @Test("Every account and every Region has keys of its own, and policies hold between accounts")
  func accountsAndRegions() async throws {
    let kms = try await TestKMS(account: "111122223333", region: "eu-central-1")
    let key = try await kms.client().createKey().keyMetadata
    #expect(key.arn.hasPrefix("arn:aws:kms:eu-central-1:111122223333:key/"))
    await #expect {
      try await kms.client(region: "us-west-2").describeKey(keyID: key.keyID)
    } throws: {
      if case .notFound = $0 as? DescribeKeyError { true } else { false }
    }
    let stranger = kms.client(account: "444455556666")
    await #expect {
      try await stranger.describeKey(keyID: key.arn)
    } throws: {
      if case .accessDenied = $0 as? DescribeKeyError { true } else { false }
    }
    _ = try await kms.client().createGrant(
      keyID: key.arn, granteePrincipal: "arn:aws:iam::444455556666:root", operations: [.describeKey])
    #expect(try await stranger.describeKey(keyID: key.arn).keyMetadata.keyID == key.keyID)
    try await kms.shutdown()
  }

  @Test(
    "An account or a Region that is none is refused",
    arguments: [("12345678901", "us-east-1"), ("123456789012", "US East")])
  func badHome(account: String, region: String) async throws {
    await #expect(throws: TestKMS.StartError.self) { try await TestKMS(account: account, region: region) }
    let kms = try await TestKMS()
    await #expect(throws: ListKeysError.self) {
      try await kms.client(region: region, account: account).listKeys()
    }
    #expect(kms.calls.isEmpty)
  }

  @Test("A key is deleted when its waiting period is over, not before")
  func deletion() async throws {
    let start = Date(timeIntervalSince1970: 1_800_000_000)
    let kms = try await TestKMS(now: start)
    let client = kms.client()
    let key = try await client.createKey().keyMetadata
    #expect(key.creationDate == start)
    let answer = try await client.scheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7)
    #expect(answer.deletionDate == start.addingTimeInterval(7 * 86_400))
    await kms.advance(days: 6)
    #expect(try await client.describeKey(keyID: key.keyID).keyMetadata.keyState == .pendingDeletion)
    await kms.advance(days: 2)
    #expect(kms.now == start.addingTimeInterval(8 * 86_400))
    await #expect {
      try await client.describeKey(keyID: key.keyID)
    } throws: {
      if case .notFound = $0 as? DescribeKeyError { true } else { false }
    }
    try await kms.shutdown()
  }

  @Test("A key is rotated when its period is over, and opens what it sealed before")
  func rotation() async throws {
    let kms = try await TestKMS()
    let client = kms.client()
    let key = try await client.createKey().keyMetadata
    _ = try await client.enableKeyRotation(keyID: key.keyID, rotationPeriodInDays: 90)
    let sealed = try await client.encrypt(keyID: key.keyID, plaintext: SecretBytes("old".utf8))
    #expect(try await client.listKeyRotations(keyID: key.keyID).rotations.isEmpty)
    await kms.advance(days: 91)
    #expect(try await client.listKeyRotations(keyID: key.keyID).rotations.count == 1)
    #expect(
      try await client.decrypt(ciphertextBlob: sealed.ciphertextBlob).plaintext == SecretBytes("old".utf8))
    try await kms.shutdown()
  }

  @Test("Many at a time are worlds of their own")
  func manyAtATime() async throws {
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 1...8 {
        group.addTask {
          let kms = try await TestKMS()
          let client = kms.client()
          for _ in 0..<number { _ = try await client.createKey() }
          let count = try await client.listKeys().keys.count
          try await kms.shutdown()
          return count - number
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 0, count: 8))
  }

  @Test("After the shutdown calls fail, and nothing waits for them")
  func shutdown() async throws {
    let kms = try await TestKMS()
    let client = kms.client(retry: RetryConfiguration())
    try await kms.shutdown()
    try await kms.shutdown()
    await #expect {
      try await client.createKey()
    } throws: {
      if case .transport(let error) = $0 as? CreateKeyError { !error.mayHaveReachedServer } else { false }
    }
  }

  @Test("A cancelled call is .cancelled")
  func cancellation() async throws {
    let kms = try await TestKMS()
    let client = kms.client()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await client.createKey()
    }
    await #expect {
      try await task.value
    } throws: {
      if case .cancelled = $0 as? CreateKeyError { true } else { false }
    }
    try await kms.shutdown()
  }
}
