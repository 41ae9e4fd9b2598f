// Ed25519 by swift-crypto, Ed25519ph by libsodium (RFC 8032 §5.1).

import CSodium
import Crypto
import FoundationEssentials
import SecureMemory

/// An open Ed25519 private key.
struct Edwards25519Key: SigningKey {
  let publicKey: Edwards25519PublicKey
  private let key: Curve25519.Signing.PrivateKey
  /// Seed and public key one after the other, libsodium's form.
  private let sodiumKey: SecretBytes

  /// - Throws: ``CryptoError/malformed`` unless there are 32 bytes.
  init(seed: SecretBytes) throws(CryptoError) {
    do {
      key = try seed.withUnsafeBytes { try Curve25519.Signing.PrivateKey(rawRepresentation: $0) }
    } catch {
      throw .malformed
    }
    let point = key.publicKey.rawRepresentation
    publicKey = try Edwards25519PublicKey(Array(point))
    sodiumKey = SecretBytes(count: seed.count + point.count) { bytes in
      seed.withUnsafeBytes { bytes.copyMemory(from: $0) }
      UnsafeMutableRawBufferPointer(rebasing: bytes[seed.count...]).copyBytes(from: point)
    }
  }

  func sign(_ input: SigningInput, _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
    switch (algorithm, input) {
    case (.ed25519SHA512, .message(let message)):
      do {
        return Array(try message.withUnsafeBytes { try key.signature(for: $0) })
      } catch {
        throw .libraryFailure(operation: "signature(for:)", code: 0)
      }
    case (.ed25519phSHA512, .digest(let digest)):
      return try signPrehashed(digest.checkedSHA512())
    default:
      throw .unsupportedOperation
    }
  }

  /// An Ed25519ph signature over `message`, which is hashed first.
  func signPrehashed(_ message: SecretBytes) throws(CryptoError) -> [UInt8] {
    var state = try Edwards25519Prehash.state(over: message)
    var signature = [UInt8](repeating: 0, count: Int(crypto_sign_ed25519_BYTES))
    let status = sodiumKey.withUnsafeBytes { key in
      key.baseAddress.map {
        crypto_sign_ed25519ph_final_create(&state, &signature, nil, $0.assumingMemoryBound(to: UInt8.self))
      }
    }
    guard status == 0 else { throw .libraryFailure(operation: "crypto_sign_ed25519ph_final_create", code: 0) }
    return signature
  }
}

/// An open Ed25519 public key.
struct Edwards25519PublicKey: VerificationKey {
  private let key: Curve25519.Signing.PublicKey
  private let point: [UInt8]

  /// - Throws: ``CryptoError/malformed`` unless there are 32 bytes.
  init(_ point: [UInt8]) throws(CryptoError) {
    do {
      key = try Curve25519.Signing.PublicKey(rawRepresentation: point)
    } catch {
      throw .malformed
    }
    self.point = point
  }

  func isValid(
    _ signature: [UInt8], of input: SigningInput, _ algorithm: SignatureAlgorithm
  ) throws(CryptoError) -> Bool {
    switch (algorithm, input) {
    case (.ed25519SHA512, .message(let message)):
      return message.withUnsafeBytes { key.isValidSignature(signature, for: $0) }
    case (.ed25519phSHA512, .digest(let digest)):
      return try isValid(signature, prehashed: digest.checkedSHA512())
    default:
      throw .unsupportedOperation
    }
  }

  /// Whether `signature` is an Ed25519ph signature over `message`, which is hashed first.
  func isValid(_ signature: [UInt8], prehashed message: SecretBytes) throws(CryptoError) -> Bool {
    guard signature.count == Int(crypto_sign_ed25519_BYTES) else { return false }
    var state = try Edwards25519Prehash.state(over: message)
    return crypto_sign_ed25519ph_final_verify(&state, signature, point) == 0
  }
}

extension SecretBytes {
  /// These bytes, if they can be a SHA-512 digest. KMS takes it for Ed25519ph's message: it is hashed once more.
  fileprivate func checkedSHA512() throws(CryptoError) -> SecretBytes {
    guard count == SignatureAlgorithm.ed25519phSHA512.digestByteCount else { throw .invalidDigestLength }
    return self
  }
}

/// The hash inside Ed25519ph.
private enum Edwards25519Prehash {
  /// A state that has taken in `message`.
  static func state(over message: SecretBytes) throws(CryptoError) -> crypto_sign_ed25519ph_state {
    guard isReady else { throw .libraryFailure(operation: "sodium_init", code: 0) }
    var state = crypto_sign_ed25519ph_state()
    crypto_sign_ed25519ph_init(&state)
    _ = message.withUnsafeBytes { message in
      crypto_sign_ed25519ph_update(
        &state, message.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(message.count))
    }
    return state
  }

  /// libsodium is set up once, by whoever comes first: 0 when that was now, 1 when it had been before.
  private static let isReady = sodium_init() >= 0
}
