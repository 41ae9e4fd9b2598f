// Bytes as tests write them: hexadecimal, and open for comparison.

import KMSCrypto
import SecureMemory
import Testing

/// The bytes that `text` spells; the test stops when it does not.
func hex(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [UInt8] {
  let digits = Array(text.utf8)
  try #require(digits.count.isMultiple(of: 2), sourceLocation: sourceLocation)
  return try stride(from: 0, to: digits.count, by: 2).map { index in
    let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
    return try #require(UInt8(pair, radix: 16), sourceLocation: sourceLocation)
  }
}

extension Collection<UInt8> {
  /// Lower-case hexadecimal.
  var hex: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension SecretBytes {
  /// A copy in the open: only for secrets that a test made.
  var revealed: [UInt8] { withUnsafeBytes { Array($0) } }
}

/// The error that `body` throws, or nil: so that a loop can count outcomes.
func cryptoError(_ body: () throws(CryptoError) -> Void) -> CryptoError? {
  do {
    try body()
    return nil
  } catch {
    return error
  }
}
