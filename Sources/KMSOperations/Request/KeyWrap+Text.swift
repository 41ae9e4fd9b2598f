// Sealed text as text: what markers and grant tokens look like.

import KMSCrypto
import KMSDomain
import SecureMemory
import struct FoundationEssentials.Data

extension KeyWrap {
  /// Seals `text`, so that nobody can read or make it, and bound to `associatedData`.
  func sealText(_ text: String, associatedData: [UInt8]) throws(Fault) -> String {
    do {
      return Data(try wrap(SecretBytes(Array(text.utf8)), associatedData: associatedData)).base64EncodedString()
    } catch {
      throw .internalFailure(error)
    }
  }

  /// The text that was sealed; nil for anything else.
  func openText(_ sealed: String, associatedData: [UInt8]) -> String? {
    // One value, one spelling: base64 has stray bits that decoding passes over.
    guard let bytes = Data(base64Encoded: sealed), bytes.base64EncodedString() == sealed,
      let text = try? unwrap(Array(bytes), associatedData: associatedData)
    else { return nil }
    return text.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }
}
