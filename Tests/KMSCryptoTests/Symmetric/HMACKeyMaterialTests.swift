// HMAC against Wycheproof and swift-crypto, and under many threads.

import Crypto
import KMSCrypto
import SecureMemory
import Testing

@Suite struct HMACKeyMaterialTests {
  @Test(
    .needsWycheproof,
    arguments: [
      ("hmac_sha224_test", MACAlgorithm.hmacSHA224), ("hmac_sha256_test", .hmacSHA256),
      ("hmac_sha384_test", .hmacSHA384), ("hmac_sha512_test", .hmacSHA512),
    ])
  func wycheproof(file: String, algorithm: MACAlgorithm) throws {
    var disagreements: [String] = []
    for group in try Wycheproof(file).testGroups {
      let tagByteCount = try #require(group.tagSize) / 8
      for test in group.tests {
        let key = try HMACKeyMaterial(SecretBytes(try hex(try #require(test.key))), algorithm)
        let code = try key.authenticate(SecretBytes(try hex(try #require(test.msg))))
        let matches = Array(code.prefix(tagByteCount)) == (try hex(try #require(test.tag)))
        if matches != (test.result == .valid) { disagreements.append("\(test.tcId) \(test.comment)") }
      }
    }
    #expect(disagreements.isEmpty)
  }

  @Test func codesHaveTheHashsLength() throws {
    for (algorithm, byteCount) in zip(MACAlgorithm.allCases, [28, 32, 48, 64]) {
      #expect(algorithm.byteCount == byteCount)
      let key = try HMACKeyMaterial(SecretBytes([1]), algorithm)
      #expect(key.algorithm == algorithm)
      #expect(try key.authenticate(SecretBytes([])).count == byteCount)
    }
  }

  @Test(arguments: [1, 31, 32, 63, 64, 65, 128, 129, 2400]) func agreesWithSwiftCrypto(keyByteCount: Int) throws {
    let bytes = RandomBytes.array(count: keyByteCount)
    let key = SymmetricKey(data: bytes)
    for count in [0, 1, 55, 56, 64, 1000] {
      let message = RandomBytes.array(count: count)
      func code(_ algorithm: MACAlgorithm) throws -> [UInt8] {
        try HMACKeyMaterial(SecretBytes(bytes), algorithm).authenticate(SecretBytes(message))
      }
      #expect(try code(.hmacSHA256) == Array(HMAC<SHA256>.authenticationCode(for: message, using: key)))
      #expect(try code(.hmacSHA384) == Array(HMAC<SHA384>.authenticationCode(for: message, using: key)))
      #expect(try code(.hmacSHA512) == Array(HMAC<SHA512>.authenticationCode(for: message, using: key)))
    }
  }

  @Test(arguments: MACAlgorithm.allCases) func anEmptyKeyIsRefused(algorithm: MACAlgorithm) {
    #expect(throws: CryptoError.invalidKeyLength) { try HMACKeyMaterial(SecretBytes([]), algorithm) }
  }

  @Test func oneKeyServesManyThreads() async throws {
    let bytes = RandomBytes.array(count: 32)
    let key = try HMACKeyMaterial(SecretBytes(bytes), .hmacSHA256)
    let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          var wrong = 0
          for index in 0..<500 {
            let message = Array("\(task) \(index)".utf8)
            let expected = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: bytes))
            if try key.authenticate(SecretBytes(message)) != Array(expected) { wrong += 1 }
          }
          return wrong
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(wrong == 0)
  }
}
