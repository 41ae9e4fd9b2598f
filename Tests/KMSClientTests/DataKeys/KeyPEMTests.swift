// PEM renderings against Foundation's base64, at every length around the line and group boundaries.

import Foundation
import KMSClient
import SecureMemory
import Testing

@Suite("Key PEM")
struct KeyPEMTests {
  /// Bytes that exercise all 64 characters.
  private func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 7 &+ 3) }
  }

  /// Base64 by Foundation, in lines of 64 characters.
  private func expected(_ label: String, _ content: [UInt8]) -> String {
    let base64 = Array(Data(content).base64EncodedString())
    let lines = stride(from: 0, to: base64.count, by: 64).map { String(base64[$0..<min($0 + 64, base64.count)]) }
    return (["-----BEGIN \(label)-----"] + lines + ["-----END \(label)-----", ""]).joined(separator: "\n")
  }

  @Test("public keys", arguments: 0...200)
  func publicKey(count: Int) {
    #expect(KeyPEM.publicKey(subjectPublicKeyInfo: bytes(count)) == expected("PUBLIC KEY", bytes(count)))
  }

  @Test("private keys", arguments: 0...200)
  func privateKey(count: Int) {
    let pem = KeyPEM.privateKey(pkcs8: SecretBytes(bytes(count)))
    #expect(pem == SecretBytes(expected("PRIVATE KEY", bytes(count)).utf8))
  }

  @Test("every base64 character")
  func alphabet() {
    let content = (0...255).flatMap { [UInt8($0), UInt8(255 - $0), UInt8($0) ^ 0x5A] }
    #expect(KeyPEM.publicKey(subjectPublicKeyInfo: content) == expected("PUBLIC KEY", content))
  }
}
