import Crypto
import Foundation
import Testing
import X509

@testable import NitroAttestation

@Suite struct AttestationRootTests {
  static func pem(_ der: [UInt8], label: String = "CERTIFICATE") -> [UInt8] {
    Array("-----BEGIN \(label)-----\n\(Data(der).base64EncodedString())\n-----END \(label)-----\n".utf8)
  }

  @Test("knows the root that AWS publishes")
  func awsRoot() throws {
    let roots = try AttestationRoot.load(pem: try Vectors.bytes("aws-nitro-enclaves-root-g1.pem"))
    #expect(roots.map(\.isAWSNitroRoot) == [true])
    #expect(roots.map(\.subject) == ["CN=aws.nitro-enclaves,OU=AWS,O=Amazon,C=US"])
    #expect(try !TestChain().pinned.isAWSNitroRoot)
  }

  @Test("loads all certificates of a file")
  func several() throws {
    let (first, second) = (try TestChain().rootDER, try TestChain().rootDER)
    let file = Array("# ours\r\n".utf8) + Self.pem(first) + Array("\n".utf8) + Self.pem(second)
    let roots = try AttestationRoot.load(pem: file)
    #expect(roots.map(\.der) == [first, second])
    #expect(roots.map(\.fingerprint) == [first, second].map { [UInt8](SHA256.hash(data: $0)) })
  }

  @Test("refuses files of other things")
  func files() throws {
    let der = try TestChain().rootDER
    for (file, expected) in [
      ([], .noCertificate), (Array("nothing\n".utf8), .noCertificate),
      (Self.pem(der, label: "PRIVATE KEY"), .notPEM), (Self.pem(der) + Self.pem(der, label: "PRIVATE KEY"), .notPEM),
      (Self.pem(der).dropLast(30), .notPEM),
      (Array("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n".utf8), .notPEM),
      (Array("-----END CERTIFICATE-----\n".utf8), .notPEM), ([UInt8](repeating: 0x0A, count: 65_537), .notPEM),
      (Self.pem([0x30, 0x00]), .notACertificate), (Self.pem(der.dropLast()), .notACertificate),
      (Self.pem([UInt8](repeating: 0x30, count: 1025)), .notACertificate),
    ] as [([UInt8], AttestationRoot.LoadingError)] {
      #expect(throws: expected) { try AttestationRoot.load(pem: [UInt8](file)) }
    }
  }

  @Test("refuses certificates that cannot be roots")
  func unsuitable() throws {
    let root = TestCertificate.authority("root")
    var others = [TestCertificate](repeating: root, count: 4)
    others[0].key = .init(P256.Signing.PrivateKey())
    others[0].signatureAlgorithm = .ecdsaWithSHA256
    others[1].constraints = .notCertificateAuthority
    others[2].keyUsage = KeyUsage(digitalSignature: true)
    others[3].issuerName = "another"
    for other in others {
      let der = try other.der(issuedBy: other, at: TestChain.now)
      #expect(throws: AttestationRoot.LoadingError.notARoot) { try AttestationRoot(der: der) }
    }
  }
}
