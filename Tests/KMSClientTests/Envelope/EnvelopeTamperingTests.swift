// Everything that can be done to a message without its data key, and what the opener says to it.

import SecureMemory
import Testing

@testable import KMSClient

@Suite struct EnvelopeTamperingTests {
  let service = WrappingService()
  let encryptor: EnvelopeEncryptor

  init() {
    encryptor = makeEncryptor(service)
  }

  /// A sealed message and where its chunks begin.
  private func seal(_ length: Int) async throws -> (bytes: [UInt8], bodyStart: Int) {
    let sealed = try await encryptor.seal(message(length), encryptionContext: ["tenant": "blue"])
    return (sealed, try #require(try EnvelopeHeader.read(sealed[...])).length)
  }

  private func failure(_ bytes: [UInt8], context: [String: String] = ["tenant": "blue"]) async -> String? {
    let oneShot = await failureName { () async throws(EnvelopeError) in
      try await encryptor.open(bytes, encryptionContext: context)
    }
    let stream = await collected(encryptor.open(pieces(bytes, of: 11), encryptionContext: context))
    #expect(stream.failure == oneShot)
    #expect(message(64).starts(with: stream.bytes))  // what was given out before is what was sealed
    return oneShot
  }

  @Test("No bit of a message can be flipped")
  func flips() async throws {
    let (sealed, bodyStart) = try await seal(20)
    for index in sealed.indices {
      var bytes = sealed
      bytes[index] ^= 1 << (index % 8)
      let failure = await failure(bytes)
      if index >= bodyStart {
        #expect(failure == "authentication")
      } else {
        #expect(failure != nil)
      }
    }
  }

  @Test("A flipped commitment or salt is found before anything is decrypted")
  func commitment() async throws {
    let (sealed, bodyStart) = try await seal(20)
    for index in Array(10..<42) + Array(bodyStart - 32..<bodyStart) {
      var bytes = sealed
      bytes[index] ^= 1
      #expect(await failure(bytes) == "wrongKeyCommitment")
    }
  }

  @Test("A message cut off anywhere does not open, and one cut off between chunks is truncated")
  func truncations() async throws {
    let (sealed, bodyStart) = try await seal(48)
    for length in 0..<sealed.count {
      let failure = await failure(Array(sealed.prefix(length)))
      let afterChunks = length - bodyStart
      if afterChunks < 16 || afterChunks % 32 < 16 {
        #expect(failure == "truncated")
      } else {
        #expect(failure == "authentication")
      }
    }
  }

  @Test("Chunks that are moved, repeated, left out or added do not open")
  func chunkOrder() async throws {
    let (sealed, bodyStart) = try await seal(64)
    let chunks = (0..<4).map { Array(sealed[bodyStart + 32 * $0..<bodyStart + 32 * $0 + 32]) }
    let header = Array(sealed[..<bodyStart])
    let orders = [
      [1, 0, 2, 3], [0, 2, 1, 3], [0, 0, 1, 2, 3], [0, 1, 1, 2, 3], [1, 2, 3], [0, 2, 3], [0, 1, 2, 3, 3],
    ]
    for order in orders {
      #expect(await failure(header + order.flatMap { chunks[$0] }) == "authentication")
    }
    #expect(await failure(header + chunks[0] + chunks[1] + chunks[2]) == "truncated")
    #expect(await failure(sealed + [0]) == "authentication")
    #expect(await failure(header + chunks.flatMap { $0 }) == nil)
  }

  @Test("Chunks and commitments of another message do not fit, even under the same data key")
  func splicing() async throws {
    let cached = makeEncryptor(service, cache: DataKeyCache())
    let first = try await cached.seal(message(64), encryptionContext: ["tenant": "blue"])
    let second = try await cached.seal(message(64), encryptionContext: ["tenant": "blue"])
    let bodyStart = try #require(try EnvelopeHeader.read(first[...])).length
    let splices = [
      first[..<bodyStart] + second[bodyStart...],
      first[..<(bodyStart + 32)] + second[(bodyStart + 32)...],
    ]
    for splice in splices { #expect(await failure(Array(splice)) == "authentication") }
    let otherCommitment =
      first[..<(bodyStart - 32)] + second[(bodyStart - 32)..<bodyStart] + first[bodyStart...]
    #expect(await failure(Array(otherCommitment)) == "wrongKeyCommitment")
  }

  @Test("A changed chunk size or key ARN breaks the commitment")
  func header() async throws {
    let (sealed, _) = try await seal(64)
    for size: UInt8 in [8, 32, 48] {
      var bytes = sealed
      bytes[9] = size
      #expect(await failure(bytes) == "wrongKeyCommitment")
    }
    var bytes = sealed
    bytes[60] ^= 1
    #expect(await failure(bytes) == "wrongKeyCommitment")
  }

  @Test("Another encryption context is refused by KMS, and by the commitment where KMS does not look")
  func context() async throws {
    let (sealed, _) = try await seal(20)
    for context in [[:], ["tenant": "green"], ["tenant": "blue", "more": ""]] {
      #expect(await failure(sealed, context: context) == "decrypt InvalidCiphertextException")
    }
    let header = try #require(try EnvelopeHeader.read(sealed[...])).header
    service.know(
      header.wrappedKey,
      .init(plaintext: message(32), keyARN: WrappingService.keyARN, encryptionContext: ["tenant": "green"]))
    #expect(await failure(sealed, context: ["tenant": "green"]) == "wrongKeyCommitment")
  }

  @Test("A last chunk before others, or a short one, does not open, though its sealer had the key")
  func chunkShapes() async throws {
    let shapes: [[(length: Int, isLast: Bool)]] = [
      [(16, true), (16, true)], [(16, false), (16, true), (3, true)], [(15, false), (16, true)],
      [(16, false), (15, false), (16, true)], [(17, true)], [(16, true), (0, true)], [(0, false), (16, true)],
    ]
    for shape in shapes {
      let start = try await encryptor.startSealing(["tenant": "blue"])
      var cipher = ChunkCipher(key: start.keys.encryptionKey)
      var bytes = start.header.bytes
      var sealed = 0
      for chunk in shape {
        let plaintext = message(64)[sealed..<sealed + chunk.length]
        try cipher.seal(plaintext, isLast: chunk.isLast, appendingTo: &bytes)
        sealed += chunk.length
      }
      #expect(await failure(bytes) == "authentication")
    }
  }

  @Test("An empty chunk at the end, which only the sealer itself could make, is not the format's")
  func emptyLastChunk() async throws {
    let start = try await encryptor.startSealing(["tenant": "blue"])
    var cipher = ChunkCipher(key: start.keys.encryptionKey)
    var bytes = start.header.bytes
    try cipher.seal(message(16)[...], isLast: false, appendingTo: &bytes)
    try cipher.seal([], isLast: true, appendingTo: &bytes)
    #expect(await failure(bytes) == "malformed emptyLastChunk")
  }
}
