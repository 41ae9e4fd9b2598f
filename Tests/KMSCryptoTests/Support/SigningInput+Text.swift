// Messages in the open, for tests.

import KMSCrypto
import SecureMemory

extension SigningInput {
  /// A whole message.
  static func text(_ bytes: [UInt8]) -> SigningInput { .message(SecretBytes(bytes)) }
}
