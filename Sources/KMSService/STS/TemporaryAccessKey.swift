// A fresh access key for a session.

import KMSCrypto
import SecureMemory

/// The id and the secret of temporary credentials.
struct TemporaryAccessKey: Sendable {
  /// `ASIA` and 16 characters.
  let id: String
  /// 40 characters.
  let secret: SecretBytes

  /// Makes an access key from the operating system's random bytes.
  init() {
    // Both alphabets' sizes divide 256, so that each character is equally likely.
    let idAlphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    let secretAlphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let name = RandomBytes.array(count: 16).map { idAlphabet[Int($0) % idAlphabet.count] }
    id = "ASIA" + String(decoding: name, as: UTF8.self)
    let random = RandomBytes.bytes(count: 40)
    secret = SecretBytes(count: random.count) { buffer in
      random.withUnsafeBytes { bytes in
        for index in bytes.indices { buffer[index] = secretAlphabet[Int(bytes[index]) % secretAlphabet.count] }
      }
    }
  }
}
