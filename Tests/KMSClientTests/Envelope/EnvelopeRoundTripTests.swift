// Messages of every length around the borders of chunks, sealed and opened in every way.

import SecureMemory
import Testing

@testable import KMSClient

@Suite struct EnvelopeRoundTripTests {
  /// Chunks of 16 bytes: nothing, less than one, exactly one or two, a byte more, many.
  static let lengths = [0, 1, 15, 16, 17, 31, 32, 33, 47, 48, 49, 1_000]
  let service = WrappingService()

  @Test("A message opens to what was sealed, and has the length the format says", arguments: lengths)
  func oneShot(length: Int) async throws {
    let encryptor = makeEncryptor(service)
    let sealed = try await encryptor.seal(message(length), encryptionContext: ["tenant": "blue"])
    let header = try #require(try EnvelopeHeader.read(sealed[...]))
    let chunks = max(1, (length + 15) / 16)
    #expect(sealed.count == header.length + length + 16 * chunks)
    #expect(try await encryptor.open(sealed, encryptionContext: ["tenant": "blue"]) == SecretBytes(message(length)))
    #expect(service.calls == ["GenerateDataKey", "Decrypt"])
  }

  @Test("It makes no difference in what pieces a message is sealed and opened", arguments: lengths)
  func streams(length: Int) async throws {
    let encryptor = makeEncryptor(service)
    for size in [1, 7, 16, 17, 4_096] {
      let sealed = try await collected(encryptor.seal(pieces(message(length), of: size)))
      #expect(try await encryptor.open(sealed) == SecretBytes(message(length)))
      let opened = await collected(encryptor.open(pieces(sealed, of: size)))
      #expect(opened.bytes == message(length))
      #expect(opened.failure == nil)
    }
  }

  @Test("Secrets, arrays and sequences without storage are sealed alike")
  func inputs() async throws {
    let encryptor = makeEncryptor(service)
    let expected = SecretBytes(message(40))
    #expect(try await encryptor.open(encryptor.seal(expected)) == expected)
    #expect(try await encryptor.open(encryptor.seal(message(40))) == expected)
    #expect(try await encryptor.open(encryptor.seal(message(1_000).lazy.map { $0 })).array == message(1_000))
    #expect(try await encryptor.open(encryptor.seal(EmptyCollection())).array.isEmpty)
  }

  @Test("Every chunk size is opened by an encryptor of another", arguments: [1, 16, 1_048_576])
  func chunkSizes(size: Int) async throws {
    let sealed = try await makeEncryptor(service, chunkSize: size).seal(message(100))
    #expect(try await makeEncryptor(service, chunkSize: 7).open(sealed) == SecretBytes(message(100)))
  }

  @Test("The same message sealed twice has nothing in common but its header's beginning")
  func salts() async throws {
    let encryptor = makeEncryptor(service, cache: DataKeyCache())
    let first = try await encryptor.seal(message(64))
    let second = try await encryptor.seal(message(64))
    #expect(service.calls == ["GenerateDataKey"])
    #expect(first.prefix(10) == second.prefix(10))
    #expect(first[10..<42] != second[10..<42])
    #expect(first.suffix(64 + 4 * 16) != second.suffix(64 + 4 * 16))
  }

  @Test("The message tells its key's ARN, once enough of it is there")
  func keyARN() async throws {
    let sealed = try await makeEncryptor(service, keyID: "alias/app").seal(message(3))
    #expect(try EnvelopeEncryptor.keyARN(of: sealed) == WrappingService.keyARN)
    #expect(try EnvelopeEncryptor.keyARN(of: Array(sealed.prefix(50))) == nil)
  }
}
