// HMAC-SHA-256 against Wycheproof, and under many threads.

import Crypto
import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct HMACKeyMaterialTests {
  @Test(.needsWycheproof) func wycheproof() throws {
    var disagreements: [String] = []
    for group in try Wycheproof("hmac_sha256_test").testGroups {
      let tagByteCount = try #require(group.tagSize) / 8
      for test in group.tests {
        let key = SecretBytes(try hex(try #require(test.key)))
        let code = try authenticate(try hex(try #require(test.msg)), HMACKeyMaterial(key, .hmacSHA256))
        let matches = Array(code.prefix(tagByteCount)) == (try hex(try #require(test.tag)))
        if matches != (test.result == .valid) { disagreements.append("\(test.tcId) \(test.comment)") }
      }
    }
    #expect(disagreements.isEmpty)
  }

  @Test(arguments: [1, 31, 32, 63, 64, 65, 128, 2400]) func agreesWithSwiftCrypto(keyByteCount: Int) throws {
    let key = RandomBytes.array(count: keyByteCount)
    let mac = try HMACKeyMaterial(SecretBytes(key), .hmacSHA256)
    for count in [0, 1, 55, 56, 64, 1000] {
      let message = RandomBytes.array(count: count)
      let expected = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key))
      #expect(try authenticate(message, mac) == Array(expected))
    }
  }

  @Test func anEmptyKeyIsRefused() {
    #expect(throws: CryptoError.invalidKeyLength) { try HMACKeyMaterial(SecretBytes([]), .hmacSHA256) }
  }

  @Test func oneKeyServesManyThreads() async throws {
    let key = RandomBytes.array(count: 32)
    let mac = try HMACKeyMaterial(SecretBytes(key), .hmacSHA256)
    let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          var wrong = 0
          for index in 0..<500 {
            let message = Array("\(task) \(index)".utf8)
            let expected = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key))
            if try authenticate(message, mac) != Array(expected) { wrong += 1 }
          }
          return wrong
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(wrong == 0)
  }
}

private func authenticate(_ message: [UInt8], _ mac: HMACKeyMaterial) throws -> [UInt8] {
  var code = [UInt8](repeating: 0, count: mac.algorithm.byteCount)
  try message.withUnsafeBytes { message in
    try code.withUnsafeMutableBytes { try mac.authenticate(message, into: $0) }
  }
  return code
}
