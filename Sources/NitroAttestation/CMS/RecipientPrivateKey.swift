// The private half of the RSA key to which an enclave wants its answers encrypted.

internal import Crypto
internal import CryptoExtras
internal import Dispatch
public import SecureMemory

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// An RSA key pair that opens what was sealed for its public half. Its private numbers stay inside the library's key.
public struct RecipientPrivateKey: Sendable {
  /// How long the modulus of a new key is.
  public enum Size: Int, Hashable, Sendable, CaseIterable {
    /// What AWS documents.
    case bits2048 = 2048
    /// Keywright takes it; of AWS it is not known.
    case bits3072 = 3072
    /// Keywright takes it; of AWS it is not known.
    case bits4096 = 4096
  }

  /// The library could not make a key.
  public struct GenerationError: Error, Hashable, Sendable {}

  /// Bytes are not a private RSA key of at least 2048 bits.
  public struct MalformedKey: Error, Hashable, Sendable {}

  /// The public half, DER SubjectPublicKeyInfo.
  public let publicKey: [UInt8]
  // Sound as Sendable: never written after `init`, and what is behind it is a class of the library that is marked
  // Sendable and that its Sendable signing keys share.
  private nonisolated(unsafe) let key: _RSA.Encryption.PrivateKey

  /// Makes a key. That takes a tenth of a second and more, on a thread that is not one of the tasks'.
  public static func generate(_ size: Size = .bits2048) async throws(GenerationError) -> RecipientPrivateKey {
    let result: Result<RecipientPrivateKey, GenerationError> = await DispatchQueue.global().run {
      guard let key = try? _RSA.Encryption.PrivateKey(keySize: .init(bitCount: size.rawValue)) else {
        return .failure(GenerationError())
      }
      return .success(RecipientPrivateKey(key))
    }
    return try result.get()
  }

  /// Reads a key from DER, PKCS #8 or PKCS #1. The caller's copy stays the caller's.
  public init(derRepresentation der: SecretBytes) throws(MalformedKey) {
    guard let key = try? der.withUnsafeBytes({ try _RSA.Encryption.PrivateKey(derRepresentation: $0) }) else {
      throw MalformedKey()
    }
    self.init(key)
  }

  private init(_ key: _RSA.Encryption.PrivateKey) {
    self.key = key
    publicKey = [UInt8](key.publicKey.derRepresentation)
  }

  /// The AES-256 key that was encrypted to this key; nil when it does not open or is of another length.
  func contentKey(in encryptedKey: [UInt8]) -> SymmetricKey? {
    guard var bytes = try? key.decrypt(encryptedKey, padding: .PKCS1_OAEP_SHA256) else { return nil }
    defer { bytes.withUnsafeMutableBytes { SecretBytes.wipe($0) } }
    return bytes.count == 32 ? SymmetricKey(data: bytes) : nil
  }
}

extension RecipientPrivateKey: CustomStringConvertible, CustomReflectable {
  /// Always `<redacted>`.
  public var description: String { "<redacted>" }
  /// Shows no children, so `dump` prints nothing of the key.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
