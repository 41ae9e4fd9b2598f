// Which KMS keys seal and open, and what becomes of KMS's refusals.

import SecureMemory
import Testing

@testable import KMSClient

@Suite struct EnvelopeKeyTests {
  let service = WrappingService()

  private func openFailure(_ sealed: [UInt8], keyID: String, _ accepted: AcceptedKeys) async -> String? {
    var encryptor = makeEncryptor(service, keyID: keyID)
    encryptor.acceptedKeys = accepted
    return await failureName { () async throws(EnvelopeError) in try await encryptor.open(sealed) }
  }

  @Test("By default only messages of the own key open; others have to be asked for")
  func acceptedKeys() async throws {
    let own = try await makeEncryptor(service).seal(message(20))
    let other = try await makeEncryptor(service, keyID: WrappingService.otherKeyARN).seal(message(20))
    let key = WrappingService.keyARN
    let cases: [([UInt8], String, AcceptedKeys, String?)] = [
      (own, key, .own, nil),
      (own, "1234abcd-12ab-34cd-56ef-1234567890ab", .own, nil),
      (own, "alias/app", .own, nil),
      (other, key, .own, "decrypt IncorrectKeyException"),
      (other, "alias/app", .own, "decrypt IncorrectKeyException"),
      (other, key, .anyKey, nil),
      (other, key, .listed([WrappingService.otherKeyARN]), nil),
      (other, key, .listed([key]), "otherKey"),
      (own, key, .listed([]), "otherKey"),
    ]
    for (sealed, keyID, accepted, expected) in cases {
      #expect(await openFailure(sealed, keyID: keyID, accepted) == expected)
    }
  }

  @Test("A key that is not listed is not even asked for")
  func listedOnly() async throws {
    let sealed = try await makeEncryptor(service).seal(message(20))
    _ = await openFailure(sealed, keyID: WrappingService.keyARN, .listed([WrappingService.otherKeyARN]))
    #expect(service.calls == ["GenerateDataKey"])
  }

  @Test("Discovery is held to the key that the message names")
  func discovery() async throws {
    let sealed = try await makeEncryptor(service).seal(message(20))
    let (header, _) = try #require(try EnvelopeHeader.read(sealed[...]))
    service.know(
      header.wrappedKey,
      .init(plaintext: message(32), keyARN: WrappingService.otherKeyARN, encryptionContext: [:]))
    #expect(await openFailure(sealed, keyID: "alias/app", .anyKey) == "decrypt IncorrectKeyException")
  }

  @Test("A reply about another key than asked for is not believed")
  func otherReply() async throws {
    let sealed = try await makeEncryptor(service).seal(message(20))
    let (header, _) = try #require(try EnvelopeHeader.read(sealed[...]))
    let lying = WrappingService(claimedKeyARN: WrappingService.otherKeyARN)
    lying.know(
      header.wrappedKey, .init(plaintext: message(32), keyARN: WrappingService.keyARN, encryptionContext: [:]))
    for keyID in [WrappingService.keyARN, "1234abcd-12ab-34cd-56ef-1234567890ab"] {
      let encryptor = makeEncryptor(lying, keyID: keyID)
      let failure = await failureName { () async throws(EnvelopeError) in try await encryptor.open(sealed) }
      #expect(failure == "otherKey")
    }
  }

  @Test("A data key of another key than asked for seals nothing; what an alias stands for only KMS knows")
  func otherReplyWhenSealing() async {
    let lying = WrappingService(claimedKeyARN: WrappingService.otherKeyARN)
    let cases = [
      (WrappingService.keyARN, "otherKey"), ("1234abcd-12ab-34cd-56ef-1234567890ab", "otherKey"), ("alias/app", nil),
    ]
    for (keyID, expected) in cases {
      let encryptor = makeEncryptor(lying, keyID: keyID)
      #expect(await failureName { () async throws(EnvelopeError) in try await encryptor.seal([1]) } == expected)
    }
  }

  @Test("The right KMS key with the wrong data key does not match the commitment")
  func wrongDataKey() async throws {
    let sealed = try await makeEncryptor(service).seal(message(20))
    let (header, _) = try #require(try EnvelopeHeader.read(sealed[...]))
    service.know(
      header.wrappedKey, .init(plaintext: message(32), keyARN: WrappingService.keyARN, encryptionContext: [:]))
    #expect(await openFailure(sealed, keyID: WrappingService.keyARN, .own) == "wrongKeyCommitment")
  }

  @Test("Replies that cannot be used are refused", arguments: [0, 16, 33])
  func dataKeyLength(length: Int) async throws {
    let encryptor = makeEncryptor(WrappingService(dataKeyLength: length))
    let failure = await failureName { () async throws(EnvelopeError) in try await encryptor.seal([1]) }
    #expect(failure == "unusableDataKey")
  }

  @Test("KMS's refusals keep their case")
  func refusals() async throws {
    let encryptor = makeEncryptor(service, keyID: "alias/missing")
    let failure = await failureName { () async throws(EnvelopeError) in try await encryptor.seal([1]) }
    #expect(failure == "generateDataKey NotFoundException")
  }
}
