// Why a wrapped private key could not be opened.

public import KMSModel

/// Everything that opening a wrapped private key can fail with.
public enum OpenPrivateKeyError: Error, Sendable, CustomStringConvertible {
  /// The call of `Decrypt` failed.
  case decrypt(DecryptError)
  /// The service decrypted the ciphertext, but what was in it is not the key asked for.
  case key(DataKeyError)

  /// One line about the failure, with nothing of the key.
  public var description: String {
    switch self {
    case .decrypt(let error): error.description
    case .key(let error): error.description
    }
  }
}
