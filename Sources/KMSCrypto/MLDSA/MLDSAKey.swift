// Open ML-DSA keys, each half.

import CMLDSA
import SecureMemory

/// An ML-DSA private key, expanded from its seed.
///
/// Sound as Sendable: written only while `init` runs, read-only afterwards, wiped and freed in `deinit`.
final class MLDSAKey: @unchecked Sendable {
  let publicKey: MLDSAPublicKey

  private let expanded: UnsafeMutableRawBufferPointer

  /// Opens a private key.
  /// - Throws: ``CryptoError/malformed`` unless it is one of the parameter set that `algorithm` says.
  convenience init(_ privateKey: SecretBytes, _ algorithm: KeyPairAlgorithm) throws(CryptoError) {
    guard let parameters = MLDSAParameters(algorithm) else { throw .malformed }
    try self.init(seed: parameters.encoding.parse(privateKey).scalar, parameters)
  }

  /// Expands `seed`.
  /// - Throws: ``CryptoError/malformed`` unless it has 32 bytes.
  init(seed: SecretBytes, _ parameters: MLDSAParameters) throws(CryptoError) {
    guard seed.count == CMLDSA_SEED_BYTES else { throw .malformed }
    publicKey = MLDSAPublicKey(parameters)
    expanded = .zeros(count: cmldsa_private_key_size(parameters.set))
    // From here on a throw runs `deinit`, which wipes and frees the key.
    let status = seed.withUnsafeBytes { seed in
      cmldsa_expand(
        parameters.set, seed.baseAddress?.assumingMemoryBound(to: UInt8.self), expanded.baseAddress,
        publicKey.expanded.baseAddress)
    }
    guard status == 1 else { throw .libraryFailure(operation: "cmldsa_expand", code: 0) }
  }

  deinit {
    SecretBytes.wipe(expanded)
    expanded.deallocate()
  }

  /// A hedged signature over `message`.
  func sign(_ message: SecretBytes) throws(CryptoError) -> [UInt8] {
    var signature = publicKey.emptySignature
    let status = message.withUnsafeBytes { message in
      cmldsa_sign(
        publicKey.parameters.set, expanded.baseAddress, message.baseAddress?.assumingMemoryBound(to: UInt8.self),
        message.count, &signature)
    }
    guard status == 1 else { throw .libraryFailure(operation: "cmldsa_sign", code: 0) }
    return signature
  }

  /// A hedged signature over the message that `representative` stands for.
  func sign(representative: MLDSARepresentative) throws(CryptoError) -> [UInt8] {
    var signature = publicKey.emptySignature
    let status = representative.bytes.withUnsafeBytes { representative in
      cmldsa_sign_representative(
        publicKey.parameters.set, expanded.baseAddress,
        representative.baseAddress?.assumingMemoryBound(to: UInt8.self), &signature)
    }
    guard status == 1 else { throw .libraryFailure(operation: "cmldsa_sign_representative", code: 0) }
    return signature
  }
}

/// An ML-DSA public key.
///
/// Sound as Sendable: written only while an initialiser runs, read-only afterwards, freed in `deinit`.
final class MLDSAPublicKey: @unchecked Sendable {
  let parameters: MLDSAParameters

  fileprivate let expanded: UnsafeMutableRawBufferPointer

  /// A key still to be written.
  fileprivate init(_ parameters: MLDSAParameters) {
    self.parameters = parameters
    expanded = .zeros(count: cmldsa_public_key_size(parameters.set))
  }

  /// Reads a key as FIPS 204 encodes it.
  /// - Throws: ``CryptoError/malformed`` when it has another size.
  convenience init(_ encoded: [UInt8], _ parameters: MLDSAParameters) throws(CryptoError) {
    self.init(parameters)
    guard cmldsa_decode(parameters.set, encoded, encoded.count, expanded.baseAddress) == 1 else { throw .malformed }
  }

  deinit { expanded.deallocate() }

  /// The key as FIPS 204 encodes it.
  func encoded() throws(CryptoError) -> [UInt8] {
    var encoded = [UInt8](repeating: 0, count: cmldsa_encoded_public_key_size(parameters.set))
    guard cmldsa_encode(parameters.set, expanded.baseAddress, &encoded) == 1 else {
      throw .libraryFailure(operation: "cmldsa_encode", code: 0)
    }
    return encoded
  }

  /// Whether `signature` is one over `message`.
  func isValid(_ signature: [UInt8], of message: SecretBytes) -> Bool {
    message.withUnsafeBytes { message in
      cmldsa_verify(
        parameters.set, expanded.baseAddress, message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count,
        signature, signature.count)
    } == 1
  }

  /// Room for a signature.
  fileprivate var emptySignature: [UInt8] { [UInt8](repeating: 0, count: parameters.signatureByteCount) }
}

/// A message representative, FIPS 204's μ: what Algorithm 7, line 6, makes of a message with an empty context.
struct MLDSARepresentative {
  static let byteCount = CMLDSA_REPRESENTATIVE_BYTES

  let bytes: SecretBytes

  /// - Throws: ``CryptoError/invalidDigestLength`` unless there are 64 bytes.
  init(_ bytes: SecretBytes) throws(CryptoError) {
    guard bytes.count == Self.byteCount else { throw .invalidDigestLength }
    self.bytes = bytes
  }
}

extension UnsafeMutableRawBufferPointer {
  fileprivate static func zeros(count: Int) -> UnsafeMutableRawBufferPointer {
    let buffer = allocate(byteCount: count, alignment: 16)
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
    return buffer
  }
}
