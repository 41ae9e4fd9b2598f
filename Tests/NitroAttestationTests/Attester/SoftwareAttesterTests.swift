import Foundation
import SecureMemory
import Testing

@testable import NitroAttestation

@Suite struct SoftwareAttesterTests {
  static let now = Date(timeIntervalSince1970: 1_772_366_400.25)
  static let pcrs: [Int: [UInt8]] = [0: [UInt8](repeating: 1, count: 48), 4: [UInt8](repeating: 0, count: 48)]

  static func attester() throws -> SoftwareAttester {
    let (certificate, privateKey) = try SoftwareAttester.createRoot(commonName: "development", at: now)
    let root = try #require(try AttestationRoot.load(pem: certificate).first)
    return try SoftwareAttester(root: root, privateKey: privateKey)
  }

  @Test("makes documents that a verifier of its root believes, for as long as they are fresh")
  func believed() async throws {
    let attester = try Self.attester()
    let document = try attester.document(
      publicKey: TestPublicKey.rsa2048, pcrs: Self.pcrs, userData: [1], nonce: [2], moduleID: "i-1-enc2", at: Self.now)
    let verifier = AttestationVerifier(roots: [attester.root])
    let attestation = try await verifier.verify(document, at: Self.now)
    #expect(attestation.document.moduleID == "i-1-enc2")
    #expect(attestation.document.timestamp == 1_772_366_400_250)
    #expect(attestation.document.pcrs == Self.pcrs)
    #expect(attestation.document.userData == [1])
    #expect(attestation.document.nonce == [2])
    #expect(attestation.root.subject == "CN=development,OU=AWS,O=Amazon,C=US")
    await #expect(throws: AttestationError.expired) { try await verifier.verify(document, at: Self.now + 301) }
    await #expect(throws: AttestationError.certificateExpired) {
      try await AttestationVerifier(roots: [attester.root], freshness: .seconds(86_400))
        .verify(document, at: Self.now + 3 * 3600 + 1)
    }
  }

  @Test("uses a fresh key for each document")
  func fresh() throws {
    let attester = try Self.attester()
    let certificates = try (0..<2).map { _ in
      let document = try attester.document(publicKey: nil, pcrs: Self.pcrs, at: Self.now)
      return try AttestationDocument(decoding: COSESign1(decoding: document).payload).certificate
    }
    #expect(certificates[0] != certificates[1])
  }

  @Test("attests a NitroTPM's registers")
  func nitroTPM() async throws {
    let attester = try Self.attester()
    let document = try attester.document(
      publicKey: TestPublicKey.rsa2048, pcrs: [:], nitroTPMPCRs: Self.pcrs, at: Self.now)
    let attestation = try await AttestationVerifier(roots: [attester.root]).verify(document, at: Self.now)
    #expect(attestation.document.nitroTPMPCRs == Self.pcrs)
  }

  @Test("refuses fields outside the format's limits")
  func limits() throws {
    let attester = try Self.attester()
    let expectations: [(SoftwareAttester.Failure, () throws -> [UInt8])] = [
      (.document(.missingField(.pcrs)), { try attester.document(publicKey: nil, pcrs: [:], at: Self.now) }),
      (.document(.invalidField(.pcrs)), { try attester.document(publicKey: nil, pcrs: [32: []], at: Self.now) }),
      (
        .document(.invalidField(.nonce)),
        {
          try attester.document(
            publicKey: nil, pcrs: Self.pcrs, nonce: [UInt8](repeating: 0, count: 513), at: Self.now)
        }
      ),
      (
        .unsuitableName,
        {
          try attester.document(
            publicKey: nil, pcrs: Self.pcrs, moduleID: String(repeating: "i", count: 60), at: Self.now)
        }
      ),
      (
        .document(.invalidField(.timestamp)),
        { try attester.document(publicKey: nil, pcrs: Self.pcrs, at: Date(timeIntervalSince1970: -1)) }
      ),
    ]
    for (failure, make) in expectations { #expect(throws: failure) { try make() } }
    #expect(throws: SoftwareAttester.Failure.unsuitableName) {
      try SoftwareAttester.createRoot(commonName: "", at: Self.now)
    }
  }

  @Test("needs the private key of its root")
  func keys() throws {
    let (certificate, privateKey) = try SoftwareAttester.createRoot(commonName: "development", at: Self.now)
    let (_, otherKey) = try SoftwareAttester.createRoot(commonName: "development", at: Self.now)
    let root = try #require(try AttestationRoot.load(pem: certificate).first)
    #expect(throws: Never.self) { try SoftwareAttester(root: root, privateKey: privateKey) }
    #expect(throws: SoftwareAttester.Failure.otherKey) { try SoftwareAttester(root: root, privateKey: otherKey) }
    for bytes in [[], certificate, Array("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n".utf8)] {
      #expect(throws: SoftwareAttester.Failure.notAPrivateKey) {
        try SoftwareAttester(root: root, privateKey: SecretBytes(bytes))
      }
    }
  }

  @Test("writes PEM in lines of 64 characters that reads back", arguments: [1, 47, 48, 49, 96, 200])
  func pem(length: Int) {
    let content = [UInt8](repeating: 0xA5, count: length)
    let text = PEMBlocks.write(content, label: "PRIVATE KEY")
    #expect(PEMBlocks.read(text, label: "PRIVATE KEY") == [content])
    #expect(text.split(separator: UInt8(ascii: "\n")).allSatisfy { $0.count <= 64 })
  }
}
