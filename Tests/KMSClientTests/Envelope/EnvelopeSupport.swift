// What the tests of envelopes share: small messages, streams of pieces, and short words for errors.

import ClientTestSupport

@testable import KMSClient

/// An encryptor with small chunks, over `service`.
func makeEncryptor(
  _ service: WrappingService, keyID: String = WrappingService.keyARN, cache: DataKeyCache? = nil, chunkSize: Int = 16
) -> EnvelopeEncryptor {
  var encryptor = EnvelopeEncryptor(kms: makeClient(service), keyID: keyID, cache: cache)
  encryptor.chunkSize = ChunkSize(bytes: chunkSize)
  return encryptor
}

/// Bytes that differ from their neighbours.
func message(_ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
}

/// `bytes` in pieces of `size`.
func pieces(_ bytes: [UInt8], of size: Int) -> AsyncStream<[UInt8]> {
  AsyncStream { continuation in
    for start in stride(from: 0, to: bytes.count, by: size) {
      continuation.yield(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    continuation.finish()
  }
}

/// All that a stream gives, put together, and the error it ended with.
func collected<Pieces: AsyncSequence>(
  _ stream: Pieces
) async -> (bytes: [UInt8], failure: String?) where Pieces.Element == SecretBytes, Pieces.Failure == EnvelopeError {
  var bytes: [UInt8] = []
  do {
    for try await piece in stream { bytes += piece.array }
  } catch {
    return (bytes, error.name)
  }
  return (bytes, nil)
}

/// The sealed message of a stream.
func collected<Input>(_ stream: SealedChunks<Input>) async throws -> [UInt8] {
  var bytes: [UInt8] = []
  for try await piece in stream { bytes += piece }
  return bytes
}

/// The name of the error that `call` ends with; nil for success.
func failureName<Value>(_ call: () async throws(EnvelopeError) -> Value) async -> String? {
  do {
    _ = try await call()
    return nil
  } catch {
    return error.name
  }
}

extension SecretBytes {
  var array: [UInt8] { withUnsafeBytes { Array($0) } }
}

extension EnvelopeError {
  /// The case, with what tells apart malformed messages and refusals.
  var name: String {
    switch self {
    case .generateDataKey(let error): "generateDataKey \(error.serviceError?.code ?? "")"
    case .decrypt(let error): "decrypt \(error.serviceError?.code ?? "")"
    case .unusableDataKey: "unusableDataKey"
    case .otherKey: "otherKey"
    case .malformed(let reason): "malformed \(reason)"
    case .wrongKeyCommitment: "wrongKeyCommitment"
    case .authentication: "authentication"
    case .truncated: "truncated"
    case .tooLong: "tooLong"
    case .input: "input"
    case .io: "io"
    case .cancelled: "cancelled"
    }
  }
}
