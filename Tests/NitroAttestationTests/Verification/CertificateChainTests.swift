import Crypto
import Foundation
import SwiftASN1
import Testing
import X509

@testable import NitroAttestation

@Suite struct CertificateChainTests {
  /// A chain with one thing wrong, and what is said about it.
  struct Broken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let refusal: AttestationError
    let edit: @Sendable (inout TestChain) throws -> Void

    init(_ title: String, _ refusal: AttestationError, _ edit: @escaping @Sendable (inout TestChain) throws -> Void) {
      testDescription = title
      self.refusal = refusal
      self.edit = edit
    }
  }

  static let leaves = [
    Broken("expired", .certificateExpired) { $0.leaf.validity = -3600...(-1) },
    Broken("not yet valid", .certificateNotYetValid) { $0.leaf.validity = 1...3600 },
    Broken("on P-256", .certificateRule(.keyAlgorithm)) { $0.leaf.key = .init(P256.Signing.PrivateKey()) },
    Broken("an authority", .certificateRule(.basicConstraints)) {
      $0.leaf.constraints = .isCertificateAuthority(maxPathLength: nil)
    },
    Broken("with a path length", .certificateRule(.basicConstraints)) {
      $0.leaf.constraints = .isCertificateAuthority(maxPathLength: 0)
    },
    Broken("with a path length but no authority", .certificateRule(.basicConstraints)) {
      $0.leaf.constraints = nil
      $0.leaf.otherExtensions = [
        .init(oid: .X509ExtensionID.basicConstraints, critical: true, value: [0x30, 0x03, 0x02, 0x01, 0x00])
      ]
    },
    Broken("without key usage", .certificateRule(.keyUsage)) { $0.leaf.keyUsage = nil },
    Broken("not for signatures", .certificateRule(.keyUsage)) { $0.leaf.keyUsage = KeyUsage(keyAgreement: true) },
    Broken("signed with SHA-256", .certificateRule(.signatureAlgorithm)) {
      $0.leaf.signatureAlgorithm = .ecdsaWithSHA256
    },
    Broken("of version 1", .certificateRule(.version)) { $0.leaf.version = .v1 },
    Broken("with a critical extension of no rule", .invalidChain) {
      $0.leaf.otherExtensions = [.init(oid: [1, 3, 6, 1, 4, 1, 99999, 1], critical: true, value: [0x05, 0x00])]
    },
    Broken("self-signed", .certificateRule(.issuerName)) { $0.leaf.issuerName = "leaf" },
    Broken("named as its issuer", .certificateRule(.distinctNames)) { $0.leaf.name = "intermediate" },
  ]

  static let authorities = [
    Broken("expired", .certificateExpired) { $0.intermediates[0].validity = -3600...(-1) },
    Broken("not yet valid", .certificateNotYetValid) { $0.intermediates[0].validity = 1...3600 },
    Broken("no authority", .certificateRule(.basicConstraints)) {
      $0.intermediates[0].constraints = .notCertificateAuthority
    },
    Broken("without basic constraints", .certificateRule(.basicConstraints)) { $0.intermediates[0].constraints = nil },
    Broken("constraints not critical", .certificateRule(.basicConstraints)) {
      $0.intermediates[0].areConstraintsCritical = false
    },
    Broken("not for certificates", .certificateRule(.keyUsage)) {
      $0.intermediates[0].keyUsage = KeyUsage(digitalSignature: true)
    },
    Broken("without key usage", .certificateRule(.keyUsage)) { $0.intermediates[0].keyUsage = nil },
    Broken("of an expired root", .certificateExpired) { $0.root.validity = -3600...(-1) },
    Broken("of a root to come", .certificateNotYetValid) { $0.root.validity = 1...3600 },
    Broken("one more than the root's path length", .invalidChain) {
      $0.root.constraints = .isCertificateAuthority(maxPathLength: 0)
    },
    Broken("one more than an intermediate's path length", .invalidChain) {
      $0.intermediates.append(.authority("second intermediate"))
    },
    Broken("with a critical extension of no rule", .invalidChain) {
      $0.intermediates[0].otherExtensions = [
        .init(oid: [1, 3, 6, 1, 4, 1, 99999, 1], critical: true, value: [0x05, 0x00])
      ]
    },
    Broken("on P-256", .certificateRule(.keyAlgorithm)) {
      $0.intermediates[0].key = .init(P256.Signing.PrivateKey())
    },
    Broken("too many", .tooManyCertificates) { chain in
      chain.intermediates = (0..<7).map { .authority("intermediate \($0)") }
    },
  ]

  @Test("refuses a certificate of the document's key that is", arguments: leaves)
  func leaf(broken: Broken) async throws {
    var chain = TestChain()
    try broken.edit(&chain)
    #expect(try await chain.refusal() == broken.refusal)
  }

  @Test("refuses an intermediate or a root that is", arguments: authorities)
  func authority(broken: Broken) async throws {
    var chain = TestChain()
    try broken.edit(&chain)
    #expect(try await chain.refusal() == broken.refusal)
  }

  @Test("accepts as many certificates as the limit")
  func longChain() async throws {
    var chain = TestChain()
    chain.intermediates = (0..<6).map { .authority("intermediate \($0)") }
    #expect(try await chain.refusal() == nil)
    chain.intermediates = []
    #expect(try await chain.refusal() == nil)
  }

  @Test("refuses 33 certificates before it looks at one")
  func manyCertificates() async throws {
    let bundle = [CBORValue](repeating: .bytes([0]), count: 32)
    #expect(try await TestChain().refusal { $0[.text("cabundle")] = .array(bundle) } == .tooManyCertificates)
  }

  @Test("refuses a bundle that is not the chain, in order")
  func bundles() async throws {
    var chain = TestChain()
    chain.intermediates = [.authority("first"), .authority("second")]
    let root = try chain.pinned
    let (bundle, _) = try chain.certificates(rootDER: root.der)
    let stranger = try TestChain().rootDER
    for (certificates, expected) in [
      ([bundle[0], bundle[2], bundle[1]], .certificateRule(.issuerName)),
      ([bundle[0], bundle[2]], .certificateRule(.issuerName)),
      ([bundle[0], bundle[1]], .certificateRule(.issuerName)),
      ([bundle[0]], .certificateRule(.issuerName)),
      ([bundle[0], bundle[0], bundle[1], bundle[2]], .certificateRule(.distinctNames)),
      ([bundle[0], bundle[1], bundle[2], bundle[2]], .certificateRule(.issuerName)),
      ([bundle[0], bundle[1], bundle[2], stranger], .certificateRule(.issuerName)),
      ([bundle[1], bundle[2]], .untrustedRoot),
      (bundle.reversed(), .untrustedRoot),
      ([stranger] + bundle.dropFirst(), .untrustedRoot),
      ([bundle[0], [0x30, 0x00], bundle[2]], .malformedCertificate),
      ([bundle[0], bundle[1] + [0], bundle[2]], .malformedCertificate),
    ] as [([[UInt8]], AttestationError)] {
      let (document, _) = try chain.document(pinning: root) {
        $0[.text("cabundle")] = .array(certificates.map { .bytes($0) })
      }
      #expect(await TestChain.refusal(of: document, roots: [root]) == expected)
    }
  }

  @Test("refuses certificates of the right names and other keys")
  func otherKeys() async throws {
    let chain = TestChain()
    let root = try chain.pinned
    let (bundle, leaf) = try chain.certificates(rootDER: root.der)
    var impostor = chain
    impostor.root.key = .init(P384.Signing.PrivateKey())
    impostor.intermediates[0].key = .init(P384.Signing.PrivateKey())
    let (forgedBundle, forgedLeaf) = try impostor.certificates(rootDER: try impostor.rootDER)
    for (certificates, certificate, expected) in [
      (bundle, leaf, nil),
      (forgedBundle, forgedLeaf, .untrustedRoot),
      ([bundle[0], forgedBundle[1]], forgedLeaf, .invalidChain),
      ([bundle[0], forgedBundle[1]], leaf, .invalidChain),
      (bundle, forgedLeaf, .invalidChain),
    ] as [([[UInt8]], [UInt8], AttestationError?)] {
      let (document, _) = try chain.document(pinning: root) {
        $0[.text("cabundle")] = .array(certificates.map { .bytes($0) })
        $0[.text("certificate")] = .bytes(certificate)
      }
      #expect(await TestChain.refusal(of: document, roots: [root]) == expected)
    }
  }

  @Test("refuses a root that is issued anew for the pinned key")
  func rootBytes() async throws {
    let chain = TestChain()
    let again = try chain.pinned
    let (document, _) = try chain.document()
    #expect(await TestChain.refusal(of: document, roots: [again]) == .untrustedRoot)
  }
}
