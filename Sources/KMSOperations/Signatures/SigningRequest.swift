// What Sign and Verify share: a message, how it is given, and the algorithm it is signed with.

import KMSCrypto
import KMSDomain
import KMSModel
import SecureMemory

/// A signing algorithm with a message that it can sign.
struct SigningRequest: Sendable {
  let algorithm: SignatureAlgorithm
  let input: SigningInput

  /// Refuses a key that does not offer the algorithm, and a message that is not what it signs.
  init(
    _ message: SecretBytes, _ messageType: MessageType?, _ signingAlgorithm: SigningAlgorithm, key: ActiveKey,
    operation: String
  ) throws(Fault) {
    let name = signingAlgorithm.rawValue
    try key.require(.signVerify, algorithm: name, for: operation)
    guard let algorithm = SignatureAlgorithm(rawValue: name) else { throw .algorithm(name, spec: key.record.spec) }
    self.algorithm = algorithm
    input = try Self.input(message, messageType ?? .raw, algorithm)
  }

  private static func input(
    _ message: SecretBytes, _ messageType: MessageType, _ algorithm: SignatureAlgorithm
  ) throws(Fault) -> SigningInput {
    switch (messageType, algorithm) {
    // Ed25519ph signs digests only, Ed25519 whole messages only.
    case (.raw, .ed25519phSHA512): break
    case (.raw, _): return .message(message)
    case (.digest, _):
      guard let byteCount = algorithm.digestByteCount else { break }
      guard message.count == byteCount else { throw .digestLength(algorithm.rawValue) }
      return .digest(message)
    case (.externalMu, .mlDSASHAKE256):
      guard message.count == 64 else { throw .digestLength(algorithm.rawValue) }
      return .externalMu(message)
    default: break
    }
    throw .messageType(messageType.rawValue, algorithm: algorithm.rawValue)
  }
}
