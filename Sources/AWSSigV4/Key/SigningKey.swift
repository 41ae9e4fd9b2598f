// The key that signatures are made with, derived from a secret access key for one scope.

internal import Crypto
public import SecureMemory

/// A signing key for one day, Region and service.
///
/// It holds keyed hash states, not the key: they are wiped when the last copy goes, and nothing prints them.
public struct SigningKey: Sendable {
  private let mac: HMACSHA256

  /// Derives the key of `scope` from a secret access key.
  public static func derive(secret: SecretBytes, scope: CredentialScope) -> SigningKey {
    SigningKey(key: derivedBytes(secret: secret, scope: scope))
  }

  /// The 32 bytes of the derived key: four HMACs, each keyed with the result of the one before.
  static func derivedBytes(secret: SecretBytes, scope: CredentialScope) -> SecretBytes {
    let prefix = Array("AWS4".utf8)
    var key = SecretBytes(count: prefix.count + secret.count) { buffer in
      buffer.copyBytes(from: prefix)
      secret.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[prefix.count...]).copyMemory(from: $0) }
    }
    for part in [scope.date, scope.region, scope.service, scope.terminator] {
      let message = Array(part.utf8)
      let code = key.withUnsafeBytes { key in
        message.withUnsafeBytes { HMACSHA256(key: key).code(for: $0) }
      }
      key = code.withUnsafeBytes { SecretBytes(copying: $0) }
    }
    return key
  }

  /// The signature of `stringToSign`: 64 lower-case hexadecimal digits.
  func signature(of stringToSign: StringToSign) -> [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * SHA256.byteCount)
    digits.append(hexadecimal: stringToSign.bytes.withUnsafeBytes { mac.code(for: $0) })
    return digits
  }

  private init(key: SecretBytes) {
    mac = key.withUnsafeBytes { HMACSHA256(key: $0) }
  }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `<redacted>`.
  public var description: String { "<redacted>" }
  /// Always `<redacted>`.
  public var debugDescription: String { "<redacted>" }
  /// Shows no children, so that `dump` prints nothing of the key.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
