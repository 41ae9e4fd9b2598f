// Messages of any size under a KMS key of the service.

import Foundation
import KMSClient
import SecureMemory
import Testing

extension DevelopmentServiceTests {
  @Suite struct EnvelopeTests {
    private static let context = ["tenant": "blue"]

    /// 3 MiB and a little, whose chunks differ.
    private static let message = (0..<3 * 1_048_576 + 17).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 12) }

    /// The message in pieces, cut elsewhere than the chunks are.
    private static func pieces(of bytes: [UInt8]) -> AsyncStream<[UInt8]> {
      AsyncStream { continuation in
        for start in stride(from: 0, to: bytes.count, by: 50_000) {
          continuation.yield(Array(bytes[start..<min(start + 50_000, bytes.count)]))
        }
        continuation.finish()
      }
    }

    @Test("a stream is sealed and opened as it passes")
    func stream() async throws {
      try await withClient { kms in
        let encryptor = EnvelopeEncryptor(kms: kms, keyID: try await kms.makeKey().arn)
        var sealed: [UInt8] = []
        for try await piece in encryptor.seal(Self.pieces(of: Self.message), encryptionContext: Self.context) {
          sealed += piece
        }
        #expect(sealed.count > Self.message.count)
        #expect(try EnvelopeEncryptor.keyARN(of: sealed) == encryptor.keyID)
        var opened: [UInt8] = []
        for try await chunk in encryptor.open(Self.pieces(of: sealed), encryptionContext: Self.context) {
          chunk.withUnsafeBytes { opened += $0 }
        }
        #expect(opened == Self.message)
      }
    }

    @Test("a message is not opened with another context, cut off, or changed")
    func refusals() async throws {
      try await withClient { kms in
        let encryptor = EnvelopeEncryptor(kms: kms, keyID: try await kms.makeKey().arn)
        let sealed = try await encryptor.seal(SecretBytes("a message".utf8), encryptionContext: Self.context)
        #expect(
          try await encryptor.open(sealed, encryptionContext: Self.context).array == Array("a message".utf8))
        await expectRefusal(
          EnvelopeError.self, { if case .decrypt(.invalidCiphertext) = $0 { true } else { false } }
        ) {
          _ = try await encryptor.open(sealed, encryptionContext: ["tenant": "red"])
        }
        var changed = sealed
        changed[sealed.count - 1] ^= 1
        await expectRefusal(EnvelopeError.self, { if case .authentication = $0 { true } else { false } }) {
          _ = try await encryptor.open(changed, encryptionContext: Self.context)
        }
        await expectRefusal(EnvelopeError.self, { if case .truncated = $0 { true } else { false } }) {
          _ = try await encryptor.open(Array(sealed.prefix(20)), encryptionContext: Self.context)
        }
      }
    }

    @Test("a file is sealed into a file, and opened into another")
    func file() async throws {
      let folder = try currentServer().folder.appending(component: freshName())
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let files = ["plain", "sealed", "opened"].map { folder.appending(component: $0) }
      try Data(Self.message).write(to: files[0])
      try await withClient { kms in
        let encryptor = EnvelopeEncryptor(kms: kms, keyID: try await kms.makeKey().keyID)
        try await encryptor.sealFile(at: files[0].path, to: files[1].path, encryptionContext: Self.context)
        try await encryptor.openFile(at: files[1].path, to: files[2].path, encryptionContext: Self.context)
        #expect(try Data(contentsOf: files[2]) == Data(Self.message))
        await expectRefusal(
          EnvelopeError.self, { if case .decrypt(.invalidCiphertext) = $0 { true } else { false } }
        ) {
          try await encryptor.openFile(at: files[1].path, to: folder.appending(component: "none").path)
        }
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["opened", "plain", "sealed"])
      }
    }

    @Test("with a cache, the messages of one context cost one call to seal and one to open")
    func cache() async throws {
      let transport = CountingTransport()
      let kms = KMSClient(configuration: try currentServer().configuration(), transport: transport)
      do {
        let key = try await kms.makeKey()
        let encryptor = EnvelopeEncryptor(kms: kms, keyID: key.arn, cache: DataKeyCache())
        let start = transport.count
        let sealed = try await withThrowingTaskGroup(of: [UInt8].self) { group in
          for number in 0..<20 {
            group.addTask { try await encryptor.seal([UInt8(number)], encryptionContext: Self.context) }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(transport.count - start == 1)
        var opened: Set<UInt8> = []
        for message in sealed {
          opened.formUnion(try await encryptor.open(message, encryptionContext: Self.context).array)
        }
        #expect(opened == Set(0..<20))
        #expect(transport.count - start == 2)
        _ = try await encryptor.seal([1], encryptionContext: ["tenant": "red"])
        #expect(transport.count - start == 3)
      } catch {
        try await transport.shutdown()
        throw error
      }
      try await transport.shutdown()
    }
  }
}
