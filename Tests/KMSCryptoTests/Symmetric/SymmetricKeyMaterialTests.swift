// Sealing and opening: what was sealed comes back, and nothing else does.

import COpenSSL
import KMSCrypto
import SecureMemory
import Testing

@Suite struct SymmetricKeyMaterialTests {
  private let keyID = "1234abcd-12ab-34cd-56ef-1234567890ab"
  private let context = ["tenant": "blue", "purpose": "test"]
  private let bytes: SecretBytes
  private let material: SymmetricKeyMaterial
  private let materialID: MaterialID

  init() throws {
    bytes = RandomBytes.bytes(count: SymmetricKeyMaterial.byteCount)
    material = try SymmetricKeyMaterial(bytes)
    materialID = try MaterialID.derive(material: bytes, keyID: keyID)
  }

  private func seal(_ plaintext: [UInt8], _ context: [String: String]?) throws -> [UInt8] {
    try material.seal(
      plaintext: SecretBytes(plaintext), keyID: keyID, materialID: materialID, encryptionContext: context)
  }

  /// The error that opening `blob` gives, or nil when it opens.
  private func refusal(
    _ blob: [UInt8], _ context: [String: String]?, by material: SymmetricKeyMaterial? = nil
  ) -> CryptoError? {
    cryptoError { () throws(CryptoError) in
      _ = try (material ?? self.material).open(CiphertextBlob.parse(blob), encryptionContext: context)
    }
  }

  @Test(arguments: [0, 1, 15, 16, 17, 32, 1024, 2400, 4095, 4096]) func whatWasSealedComesBack(count: Int) throws {
    let plaintext = RandomBytes.array(count: count)
    for context in [nil, context] {
      let blob = try seal(plaintext, context)
      #expect(blob.count == count + CiphertextBlob.overhead)
      let parsed = try CiphertextBlob.parse(blob)
      #expect(parsed.keyID == keyID)
      #expect(parsed.materialID == materialID)
      #expect(parsed.bytes == blob)
      #expect(try material.open(parsed, encryptionContext: context).revealed == plaintext)
    }
  }

  @Test func multiRegionKeysAreNamedToo() throws {
    let keyID = "mrk-1234abcd12ab34cd56ef1234567890ab"
    let blob = try material.seal(
      plaintext: SecretBytes([1]), keyID: keyID, materialID: materialID, encryptionContext: nil)
    #expect(try CiphertextBlob.parse(blob).keyID == keyID)
    #expect(refusal(blob, nil) == nil)
  }

  @Test func blobsStayWithinTheLimitsOfKMS() {
    #expect(CiphertextBlob.overhead == 95)
    #expect(CiphertextBlob.overhead <= 152)
    #expect(CiphertextBlob.maximumPlaintextByteCount + CiphertextBlob.overhead <= 6144)
  }

  /// Every value of every byte of the part in clear, and every bit of the rest.
  @Test func everyAlteredByteIsRefused() throws {
    let blob = try seal(RandomBytes.array(count: 32), context)
    var outcomes: [CryptoError: Int] = [:]
    for index in blob.indices {
      let changes: [UInt8] = index < 3 ? Array(1...255) : (0..<8).map { 1 << $0 } + [0xFF]
      for change in changes {
        var altered = blob
        altered[index] ^= change
        let error = try #require(refusal(altered, context), "byte \(index) altered by \(change)")
        outcomes[error, default: 0] += 1
      }
    }
    // Version, algorithm, and all but one other value of the key id's form: not a blob. The rest: not authentic.
    #expect(outcomes == [.malformed: 255 + 255 + 254, .authenticationFailure: 1 + (blob.count - 3) * 9])
  }

  @Test func everyTruncationAndExtensionIsRefused() throws {
    let blob = try seal(RandomBytes.array(count: 40), context)
    for count in 0..<blob.count {
      let expected: CryptoError = count < CiphertextBlob.overhead ? .malformed : .authenticationFailure
      #expect(refusal(Array(blob.prefix(count)), context) == expected)
      #expect(refusal(Array(blob.suffix(count)), context) != nil)
    }
    for extra in [1, 16, 100] {
      #expect(refusal(blob + [UInt8](repeating: 0, count: extra), context) == .authenticationFailure)
    }
    #expect(refusal(blob + [UInt8](repeating: 0, count: 5000), context) == .malformed)
  }

  @Test func anyOtherContextIsRefused() throws {
    let blob = try seal([1, 2, 3], context)
    #expect(refusal(blob, ["purpose": "test", "tenant": "blue"]) == nil)
    let others: [[String: String]?] = [
      nil, [:], ["tenant": "blue"], ["purpose": "test"], ["tenant": "blue", "purpose": "tes"],
      ["tenant": "Blue", "purpose": "test"], ["Tenant": "blue", "purpose": "test"],
      ["tenant": "test", "purpose": "blue"], ["tenant": "blue", "purpose": "test", "": ""],
      ["tenant": "blue", "purpos": "etest"],
    ]
    for other in others { #expect(refusal(blob, other) == .authenticationFailure, "\(String(describing: other))") }

    let without = try seal([1, 2, 3], nil)
    #expect(refusal(without, [:]) == nil)
    #expect(refusal(without, ["": ""]) == .authenticationFailure)
    #expect(refusal(try seal([1], ["a": "bc"]), ["ab": "c"]) == .authenticationFailure)
  }

  @Test func anyOtherMaterialIsRefused() throws {
    let blob = try seal([1, 2, 3], context)
    for bit in 0..<256 {
      var other = bytes.revealed
      other[bit / 8] ^= 1 << (bit % 8)
      #expect(refusal(blob, context, by: try SymmetricKeyMaterial(SecretBytes(other))) == .authenticationFailure)
    }
  }

  /// The same bytes imported into another key: a blob made to name that key does not open.
  @Test func anotherKeyOrMaterialNameIsRefused() throws {
    let blob = try seal([1, 2, 3], context)
    let otherKeyID = "1234abcd-12ab-34cd-56ef-1234567890ac"
    let otherMaterialID = try MaterialID.derive(material: bytes, keyID: otherKeyID)
    let foreign = try material.seal(
      plaintext: SecretBytes([9]), keyID: otherKeyID, materialID: otherMaterialID, encryptionContext: context)
    for range in [2..<19, 19..<51, 2..<51, 51..<67, 67..<79, 2..<79] {
      var spliced = blob
      spliced.replaceSubrange(range, with: foreign[range])
      #expect(refusal(spliced, context) == .authenticationFailure)
    }
  }

  @Test func aRefusalLeavesNothingInOpenSSLsErrorQueue() throws {
    let blob = try seal([1, 2, 3], context)
    #expect(refusal(blob, nil) == .authenticationFailure)
    #expect(ERR_peek_error() == 0)
  }

  @Test func everySealingIsDifferent() throws {
    let blobs = try (0..<2000).map { _ in try seal([1, 2, 3, 4], context) }
    #expect(Set(blobs).count == blobs.count)
    #expect(Set(blobs.map { Array($0[51..<67]) }).count == blobs.count)  // salts
    #expect(Set(blobs.map { Array($0[67..<79]) }).count == blobs.count)  // nonces
    #expect(Set(blobs.map { Array($0[79..<83]) }).count > blobs.count - 3)  // ciphertexts: 4 bytes may just collide
  }

  @Test func whatCannotBeSealedIsRefused() throws {
    #expect(throws: CryptoError.inputTooLong) { try seal([UInt8](repeating: 0, count: 4097), nil) }
    #expect(throws: CryptoError.invalidKeyID) {
      try material.seal(
        plaintext: SecretBytes([1]), keyID: "alias/app", materialID: materialID, encryptionContext: nil)
    }
    for count in [0, 16, 31, 33] {
      #expect(throws: CryptoError.invalidKeyLength) { try SymmetricKeyMaterial(RandomBytes.bytes(count: count)) }
    }
  }

  @Test func randomBytesDoNotParseOrOpen() throws {
    for count in 0..<300 {
      var bytes = RandomBytes.array(count: count)
      #expect(refusal(bytes, nil) != nil)
      if count >= 3 { bytes.replaceSubrange(0..<3, with: [1, 1, 0]) }
      #expect(refusal(bytes, nil) == (count < CiphertextBlob.overhead ? .malformed : .authenticationFailure))
    }
  }

  @Test func oneMaterialServesManyThreads() async throws {
    let failures = await withTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          (0..<200).count { index in
            let plaintext = Array("\(task) \(index)".utf8)
            guard let blob = try? seal(plaintext, context), let parsed = try? CiphertextBlob.parse(blob) else {
              return true
            }
            return (try? material.open(parsed, encryptionContext: context))?.revealed != plaintext
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(failures == 0)
  }
}
