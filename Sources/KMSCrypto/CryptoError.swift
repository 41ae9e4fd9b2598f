// The one error of this module. No case carries, or is worded after, anything secret.

/// Why a cryptographic call did not give a result.
public enum CryptoError: Error, Hashable, Sendable {
  /// Something sealed did not open: it was altered, or the key or the data it is bound to is not the one it was
  /// sealed with. Which of these it was is deliberately not told.
  case authenticationFailure
  /// The bytes do not have the form that is asked for: a ciphertext blob of a known version, a key of a certain kind.
  case malformed
  /// The key has no such algorithm, or the algorithm does not take such an input.
  case unsupportedOperation
  /// A digest, or a message representative, has another length than the algorithm's.
  case invalidDigestLength
  /// A key has a length that the algorithm does not take.
  case invalidKeyLength
  /// A nonce has a length that the algorithm does not take.
  case invalidNonceLength
  /// A key id is neither a lower-case UUID nor `mrk-` and 32 lower-case hex digits.
  case invalidKeyID
  /// The input is longer than the algorithm, or the ciphertext format, takes.
  case inputTooLong
  /// A library call failed that should not have: `operation` is its name, `code` the library's packed error code,
  /// or 0 (`openssl errstr` reads OpenSSL's).
  case libraryFailure(operation: String, code: UInt)
}

extension CryptoError: CustomStringConvertible {
  /// One line, fit for a log.
  public var description: String {
    switch self {
    case .authenticationFailure: "authentication failure"
    case .malformed: "malformed input"
    case .unsupportedOperation: "the key or the algorithm does not do this"
    case .invalidDigestLength: "invalid digest length"
    case .invalidKeyLength: "invalid key length"
    case .invalidNonceLength: "invalid nonce length"
    case .invalidKeyID: "invalid key id"
    case .inputTooLong: "input too long"
    case .libraryFailure(let operation, let code): "\(operation) failed, code \(String(code, radix: 16))"
    }
  }
}
