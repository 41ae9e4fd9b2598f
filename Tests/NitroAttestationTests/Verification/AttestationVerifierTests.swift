import Crypto
import Foundation
import Testing

@testable import NitroAttestation

@Suite struct AttestationVerifierTests {
  static let now = TestChain.now

  @Test("believes a document under a pinned root, tagged or not")
  func believes() async throws {
    let (document, root) = try TestChain().document()
    let verifier = AttestationVerifier(roots: [try TestChain().pinned, root])
    for bytes in [document, [0xD2] + document] {
      let attestation = try await verifier.verify(bytes, at: Self.now)
      #expect(attestation.document.moduleID == "i-1-enc2")
      #expect(attestation.root == root)
      #expect(attestation.recipientKey.subjectPublicKeyInfo == TestPublicKey.rsa2048)
      #expect(attestation.recipientKey.modulusBits == 2048)
    }
  }

  /// Verifying after each of some 2,600 changes would take seconds, so that is done for all bytes outside the payload
  /// and for each 29th inside. For every byte inside it is enough to see that the signed bytes become others, since
  /// then the signature is not theirs, and that reading them does not trap.
  @Test("refuses a document with any byte changed")
  func everyByte() async throws {
    let (document, root) = try TestChain().document()
    let message = try COSESign1(decoding: document)
    let payload = try #require(document.firstRange(of: message.payload))
    for position in document.indices {
      var changed = document
      changed[position] ^= 1 << UInt8(position % 8)
      if payload.contains(position) {
        let other = try COSESign1(decoding: changed)
        #expect(COSESign1.signedBytes(other.payload) != COSESign1.signedBytes(message.payload))
        _ = try? AttestationDocument(decoding: other.payload)
        guard position % 29 == 0 else { continue }
      }
      #expect(await TestChain.refusal(of: changed, roots: [root]) != nil, "byte \(position)")
    }
  }

  @Test("refuses every beginning of a document, and bytes after it")
  func length() async throws {
    let (document, root) = try TestChain().document()
    for length in 0..<document.count {
      #expect(await TestChain.refusal(of: [UInt8](document.prefix(length)), roots: [root]) == .malformed)
    }
    #expect(await TestChain.refusal(of: document + [0], roots: [root]) == .malformed)
    #expect(await TestChain.refusal(of: document + document, roots: [root]) == .malformed)
    let long = [UInt8](repeating: 0x81, count: 16_384 + 129)
    #expect(await TestChain.refusal(of: long, roots: [root]) == .tooLarge)
  }

  @Test(
    "refuses a document that is too old or of the future",
    arguments: [
      (-300_001, .expired), (-300_000, nil), (0, nil), (60_000, nil), (60_001, .issuedInFuture),
    ] as [(Int, AttestationError?)])
  func timestamp(offset: Int, expected: AttestationError?) async throws {
    let milliseconds = UInt64(Int(Self.now.timeIntervalSince1970) * 1000 + offset)
    let refusal = try await TestChain().refusal { $0[.text("timestamp")] = .unsigned(milliseconds) }
    #expect(refusal == expected)
  }

  @Test(
    "refuses the extreme timestamps",
    arguments: [(1, .expired), (.max, .issuedInFuture)] as [(UInt64, AttestationError)])
  func extremeTimestamp(milliseconds: UInt64, expected: AttestationError) async throws {
    #expect(try await TestChain().refusal { $0[.text("timestamp")] = .unsigned(milliseconds) } == expected)
  }

  @Test("refuses a document that the key of its certificate did not sign")
  func signature() async throws {
    var chain = TestChain()
    let (document, _) = try chain.document()
    let payload = try COSESign1(decoding: document).payload
    let forged = try COSESign1(signing: payload, with: P384.Signing.PrivateKey()).encoded
    #expect(await TestChain.refusal(of: forged, roots: [try pinned(in: document)]) == .invalidSignature)

    chain.documentKey = P384.Signing.PrivateKey()
    #expect(try await chain.refusal() == .invalidSignature)

    // The signature is right, but of another document.
    let other = try TestChain().document()
    let signature = try COSESign1(decoding: other.bytes).signature
    let mixed = CBORWriter.write(
      .array([.bytes(COSESign1.protectedHeader), .map(CBORMap()), .bytes(payload), .bytes(signature)]))
    #expect(await TestChain.refusal(of: mixed, roots: [try pinned(in: document)]) == .invalidSignature)
  }

  @Test("refuses other headers")
  func headers() async throws {
    let (document, root) = try TestChain().document()
    let message = try COSESign1(decoding: document)
    func refusal(protected: [UInt8], unprotected: CBORMap) async -> AttestationError? {
      let members: [CBORValue] = [
        .bytes(protected), .map(unprotected), .bytes(message.payload), .bytes(message.signature),
      ]
      return await TestChain.refusal(of: CBORWriter.write(.array(members)), roots: [root])
    }
    #expect(await refusal(protected: COSESign1.protectedHeader, unprotected: CBORMap()) == nil)
    #expect(await refusal(protected: [0xA1, 0x01, 0x26], unprotected: CBORMap()) == .unsupportedAlgorithm)
    let keyID = CBORMap([("kid", .bytes([1]))])
    #expect(await refusal(protected: COSESign1.protectedHeader, unprotected: keyID) == .unprotectedHeader)
  }

  @Test("needs a public key that answers can be encrypted to")
  func publicKey() async throws {
    for (key, expected) in [
      (.null, .missingField(.publicKey)), (.bytes(TestPublicKey.rsa1024), .unsupportedPublicKey),
      (.bytes(TestPublicKey.p384), .unsupportedPublicKey), (.bytes([0x30]), .unsupportedPublicKey),
      (.bytes(TestPublicKey.rsa4096), nil),
    ] as [(CBORValue, AttestationError?)] {
      #expect(try await TestChain().refusal { $0[.text("public_key")] = key } == expected)
    }
  }

  @Test("believes nothing without roots")
  func noRoots() async throws {
    let (document, _) = try TestChain().document()
    #expect(await TestChain.refusal(of: document, roots: []) == .untrustedRoot)
  }

  private func pinned(in document: [UInt8]) throws -> AttestationRoot {
    let attestation = try AttestationDocument(decoding: try COSESign1(decoding: document).payload)
    return try AttestationRoot(der: try #require(attestation.caBundle.first))
  }
}
