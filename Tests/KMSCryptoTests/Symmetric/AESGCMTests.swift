// AES-256-GCM against Wycheproof.

import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct AESGCMTests {
  @Test(.needsWycheproof) func wycheproof() throws {
    var disagreements: [String] = []
    var counts = (valid: 0, invalid: 0, refusedNonces: 0)
    for group in try Wycheproof("aes_gcm_test").testGroups where group.keySize == 256 {
      for test in group.tests {
        let key = SecretBytes(try hex(try #require(test.key)))
        let nonce = try hex(try #require(test.iv))
        let associatedData = try hex(try #require(test.aad))
        let plaintext = try hex(try #require(test.msg))
        let sealed = try hex(try #require(test.ct)) + hex(try #require(test.tag))

        let resealed = Result { try seal(plaintext, key, nonce, associatedData) }
        let opened = Result { try open(sealed, key, nonce, associatedData) }
        let asPublished: Bool
        switch (group.ivSize == 96, test.result) {
        case (true, .valid):
          counts.valid += 1
          asPublished = try resealed.get() == sealed && opened.get() == plaintext
        case (true, _):
          counts.invalid += 1
          asPublished = opened.isFailure(.authenticationFailure)
        case (false, _):  // we take 96-bit nonces only
          counts.refusedNonces += 1
          asPublished = resealed.isFailure(.invalidNonceLength) && opened.isFailure(.invalidNonceLength)
        }
        if !asPublished { disagreements.append("\(test.tcId) \(test.comment): \(test.result)") }
      }
    }
    #expect(disagreements.isEmpty)
    #expect(counts.valid > 30 && counts.invalid > 20 && counts.refusedNonces > 20, "\(counts)")
  }

  @Test(arguments: [0, 16, 24, 31, 33, 64]) func otherKeyLengthsAreRefused(count: Int) {
    let key = SecretBytes([UInt8](repeating: 1, count: count))
    #expect(throws: CryptoError.invalidKeyLength) { try seal([1], key, [UInt8](repeating: 0, count: 12), []) }
  }

  @Test func bothPartsOfTheAssociatedDataCount() throws {
    let key = RandomBytes.bytes(count: 32)
    let nonce = RandomBytes.array(count: 12)
    let sealed = try seal([1, 2, 3], key, nonce, [4, 5], header: [6])
    #expect(try open(sealed, key, nonce, [4, 5], header: [6]) == [1, 2, 3])
    for (header, rest) in [([], [4, 5]), ([6], []), ([7], [4, 5]), ([6], [4, 4])] as [([UInt8], [UInt8])] {
      #expect(throws: CryptoError.authenticationFailure) { try open(sealed, key, nonce, rest, header: header) }
    }
  }

  private func seal(
    _ plaintext: [UInt8], _ key: SecretBytes, _ nonce: [UInt8], _ associatedData: [UInt8], header: [UInt8] = []
  ) throws -> [UInt8] {
    var output = [UInt8](repeating: 0, count: plaintext.count + 16)
    try withBinding(nonce, header, associatedData) { binding in
      try plaintext.withUnsafeBytes { plaintext in
        try output.withUnsafeMutableBytes { try AESGCM.seal(plaintext, key: key, binding, into: $0) }
      }
    }
    return output
  }

  private func open(
    _ sealed: [UInt8], _ key: SecretBytes, _ nonce: [UInt8], _ associatedData: [UInt8], header: [UInt8] = []
  ) throws -> [UInt8] {
    var output = [UInt8](repeating: 0, count: sealed.count - 16)
    try withBinding(nonce, header, associatedData) { binding in
      try sealed.withUnsafeBytes { sealed in
        try output.withUnsafeMutableBytes { try AESGCM.open(sealed, key: key, binding, into: $0) }
      }
    }
    return output
  }

  private func withBinding(
    _ nonce: [UInt8], _ header: [UInt8], _ associatedData: [UInt8], _ body: (AESGCM.Binding) throws -> Void
  ) throws {
    try nonce.withUnsafeBytes { nonce in
      try header.withUnsafeBytes { header in
        try associatedData.withUnsafeBytes { associatedData in
          try body(AESGCM.Binding(nonce: nonce, header: header, associatedData: associatedData))
        }
      }
    }
  }
}

extension Result {
  /// Whether this failed with exactly `expected`.
  fileprivate func isFailure(_ expected: CryptoError) -> Bool {
    if case .failure(let error) = self { error as? CryptoError == expected } else { false }
  }
}
