// PEM reading: what is written is read, and RFC 7468's strict form is all that is.

import Crypto
import CryptoExtras
import Foundation
import KMSClient
import Testing

@Suite("Key PEM, read")
struct KeyPEMReadingTests {
  private func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 7 &+ 3) }
  }

  private func readPublic(_ text: String) -> [UInt8]? {
    do { return try KeyPEM.subjectPublicKeyInfo(fromPublicKey: text) } catch {
      #expect(error == .malformedPEM)
      return nil
    }
  }

  private func readPrivate(_ text: String) -> SecretBytes? {
    do { return try KeyPEM.pkcs8(fromPrivateKey: SecretBytes(text.utf8)) } catch {
      #expect(error == .malformedPEM)
      return nil
    }
  }

  @Test("what was written, at every length around the line and group boundaries", arguments: 1...200)
  func roundTrip(count: Int) throws {
    let content = bytes(count)
    #expect(readPublic(KeyPEM.publicKey(subjectPublicKeyInfo: content)) == content)
    let pem = KeyPEM.privateKey(pkcs8: SecretBytes(content))
    #expect(try KeyPEM.pkcs8(fromPrivateKey: pem) == SecretBytes(content))
  }

  @Test("every pair of base64 characters")
  func alphabet() {
    let content = (0...255).flatMap { [UInt8($0), UInt8(255 - $0), UInt8($0) ^ 0x5A] }
    #expect(readPublic(KeyPEM.publicKey(subjectPublicKeyInfo: content)) == content)
  }

  @Test("any byte that is no base64 character is refused", arguments: UInt8.min...UInt8.max)
  func otherCharacters(byte: UInt8) {
    let isBase64 =
      (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2B
      || byte == 0x2F
    for position in 0..<4 {
      var line = Array("AAAA".utf8)
      line[position] = byte
      let text = Array("-----BEGIN PRIVATE KEY-----\n".utf8) + line + Array("\n-----END PRIVATE KEY-----\n".utf8)
      // Padding belongs at the end.
      let expected = isBase64 || (byte == 0x3D && position == 3)
      #expect(((try? KeyPEM.pkcs8(fromPrivateKey: SecretBytes(text))) != nil) == expected, "at \(position)")
    }
  }

  @Test(
    "line ends",
    arguments: [
      ("\n", "\n", true), ("\r\n", "\r\n", true), ("\n", "", true), ("\r\n", "", true), ("\r", "\r", false),
      ("\n\n", "\n", false), ("\n", "\n\n", false), (" \n", "\n", false), ("\n ", "\n", false), ("\n", "\n ", false),
      ("\n", "\r", false), ("", "\n", false), ("\r\r\n", "\n", false),
    ])
  func lineEnds(end: String, last: String, isStrict: Bool) {
    let text = "-----BEGIN PUBLIC KEY-----\(end)AAEC\(end)-----END PUBLIC KEY-----\(last)"
    #expect(readPublic(text) == (isStrict ? [0, 1, 2] : nil))
  }

  private static let full = String(repeating: "AAAA", count: 16)

  @Test(
    "bodies",
    arguments: [
      ("AAEC", true), ("AAE=", true), ("AA==", true), ("", false), ("A", false), ("AA", false), ("AAE", false),
      ("A===", false), ("====", false), ("AA=A", false), ("AAE=AAEC", false), ("AAE=\nAAEC", false),
      // Unused bits that are not zero: RFC 4648, 3.5.
      ("AAF=", false), ("AB==", false), ("AP==", false), ("AAH=", false),
      (full, true), (full + "\nAAEC", true), (full + "AAEC", false), ("AAEC\n" + full, false),
      (full.dropLast(4) + "\nAAEC", false), (full + "\n" + full + "\nAA==", true), (full + "\n", false),
      ("Proc-Type: 4,ENCRYPTED\n\nAAEC", false), ("AAEC\n-----END PUBLIC KEY-----\nAAEC", false),
    ] as [(String, Bool)])
  func bodies(body: String, isStrict: Bool) {
    let text = "-----BEGIN PUBLIC KEY-----\n\(body)\n-----END PUBLIC KEY-----\n"
    #expect((readPublic(text) != nil) == isStrict)
  }

  @Test(
    "labels and frames",
    arguments: [
      "-----BEGIN PRIVATE KEY-----\nAAEC\n-----END PRIVATE KEY-----\n",
      "-----BEGIN PUBLIC KEY-----\nAAEC\n-----END PRIVATE KEY-----\n",
      "-----BEGIN PUBLIC KEY-----\nAAEC\n", "-----BEGIN PUBLIC KEY-----", "", "AAEC",
      "text\n-----BEGIN PUBLIC KEY-----\nAAEC\n-----END PUBLIC KEY-----\n",
      "-----BEGIN PUBLIC KEY-----\nAAEC\n-----END PUBLIC KEY-----\ntext",
      "----BEGIN PUBLIC KEY----\nAAEC\n----END PUBLIC KEY----\n",
      "-----BEGIN RSA PUBLIC KEY-----\nAAEC\n-----END RSA PUBLIC KEY-----\n",
      "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
    ])
  func frames(text: String) {
    #expect(readPublic(text) == nil)
  }

  @Test("other kinds of private key text", arguments: ["EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"])
  func otherLabels(label: String) {
    #expect(readPrivate("-----BEGIN \(label)-----\nAAEC\n-----END \(label)-----\n") == nil)
  }

  @Test("texts longer than any key's are refused")
  func bound() {
    let small = KeyPEM.publicKey(subjectPublicKeyInfo: bytes(65_536))
    #expect(readPublic(small)?.count == 65_536)
    #expect(readPublic(KeyPEM.publicKey(subjectPublicKeyInfo: bytes(100_000))) == nil)
  }

  @Test("each pair through its PEM texts", arguments: PairVector.all)
  func pairs(pair: PairVector) throws {
    let private_ = KeyPEM.privateKey(pkcs8: SecretBytes(pair.pkcs8))
    let public_ = KeyPEM.publicKey(subjectPublicKeyInfo: pair.publicKey)
    #expect(try KeyPEM.pkcs8(fromPrivateKey: private_) == SecretBytes(pair.pkcs8))
    #expect(readPublic(public_) == pair.publicKey)
  }

  @Test("keys of swift-crypto from PEM")
  func types() throws {
    let key = P256.Signing.PrivateKey()
    // swift-crypto leaves out the last line feed.
    #expect(
      try P256.Signing.PrivateKey(pem: SecretBytes(key.pemRepresentation.utf8)).rawRepresentation
        == key.rawRepresentation)
    #expect(
      try P256.Signing.PublicKey(pem: key.publicKey.pemRepresentation).rawRepresentation
        == key.publicKey.rawRepresentation)
    #expect(throws: DataKeyError.otherKeyType) {
      _ = try _RSA.Signing.PublicKey(pem: key.publicKey.pemRepresentation)
    }
    #expect(throws: DataKeyError.malformedPEM) { _ = try P256.Signing.PublicKey(pem: key.pemRepresentation) }
  }
}
