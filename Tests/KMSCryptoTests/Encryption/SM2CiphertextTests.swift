// SM2 ciphertexts in other forms than the DER of GM/T 0009: all are refused.

import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct SM2CiphertextTests {
  /// The contents of a ciphertext's four elements.
  private struct Parts {
    var coordinates: [[UInt8]]
    var hash: [UInt8]
    var encrypted: [UInt8]

    init(_ ciphertext: [UInt8]) throws {
      let contents = try SecretBytes(ciphertext).withUnsafeBytes { (bytes) throws(CryptoError) -> [[UInt8]] in
        var outer = BERReader(bytes)
        var reader = BERReader(try outer.read(.sequence))
        var contents: [[UInt8]] = []
        for tag in [DERTag.integer, .integer, .octetString, .octetString] {
          contents.append(Array(try reader.read(tag)))
        }
        return contents
      }
      (coordinates, hash, encrypted) = (Array(contents.prefix(2)), contents[2], contents[3])
    }

    var encoded: [UInt8] {
      BER.sequence(coordinates.flatMap(BER.integer), BER.octets(hash), BER.octets(encrypted))
    }
  }

  private let plaintext = SecretBytes([1, 2, 3])

  /// A ciphertext of which both coordinates, or neither, have their top bit set.
  private func parts(topBitsSet: Bool) throws -> Parts {
    while true {
      let parts = try Parts(TestKeys.material(.sm2).encrypt(plaintext, .sm2PKE))
      if parts.coordinates.allSatisfy({ $0.count == 33 }) == topBitsSet,
        parts.coordinates.contains(where: { $0.count == 33 }) == topBitsSet
      {
        return parts
      }
    }
  }

  @Test(arguments: [false, true]) func coordinatesHaveOneForm(topBitsSet: Bool) throws {
    let key = try TestKeys.material(.sm2)
    let good = try parts(topBitsSet: topBitsSet)
    #expect(try key.decrypt(good.encoded, .sm2PKE) == plaintext)
    for index in good.coordinates.indices {
      let content = good.coordinates[index]
      let digits = Array(content.drop { $0 == 0 })
      var others = [
        "padded": [0] + content, "more padded": [0, 0] + content,
        "padded to the full": .init(repeating: 0, count: 40) + content,
        "too long": [1] + [UInt8](repeating: 0, count: 32 - digits.count) + digits, "empty": [], "zero": [0],
      ]
      // Without the zero in front, the number is negative.
      if topBitsSet { others["negative"] = digits }
      for (name, other) in others {
        var altered = good
        altered.coordinates[index] = other
        #expect(throws: CryptoError.authenticationFailure, "\(name) \(index)") {
          try key.decrypt(altered.encoded, .sm2PKE)
        }
        #expect(throws: CryptoError.authenticationFailure, "\(name) \(index)") {
          try key.unwrap(altered.encoded, .sm2PKE)
        }
      }
    }
  }

  @Test func hashesHave32Bytes() throws {
    let key = try TestKeys.material(.sm2)
    let good = try parts(topBitsSet: true)
    for hash in [[], Array(good.hash.dropLast()), good.hash + [0], [0] + good.hash] {
      var altered = good
      altered.hash = hash
      #expect(throws: CryptoError.authenticationFailure, "\(hash.count)") { try key.decrypt(altered.encoded, .sm2PKE) }
    }
  }
}
