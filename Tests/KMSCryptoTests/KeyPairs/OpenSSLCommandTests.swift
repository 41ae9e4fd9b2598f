// Key pairs against the openssl command: another program reads, checks, re-encodes, signs and verifies them.

import Foundation
import KMSCrypto
import Testing

@Suite(.needsOpenSSLCommand) struct OpenSSLCommandTests {
  @Test(arguments: KeyPairAlgorithm.inOpenSSL)
  func checksAndDerivesThePublicKey(of algorithm: KeyPairAlgorithm) throws {
    let pair = try algorithm.generate()
    let der = ["-inform", "DER"]
    // Ed25519 keys have nothing to check in OpenSSL 3.0: its pkey command says that the check is not supported.
    if algorithm != .edwards25519 {
      let answer = try Tool.openssl.output(["pkey", "-check", "-noout"] + der, input: pair.privateKey.revealed)
      #expect(String(decoding: answer, as: UTF8.self).contains("Key is valid"))
    }
    let publicKey = try Tool.openssl.output(
      ["pkey", "-pubout", "-outform", "DER"] + der, input: pair.privateKey.revealed)
    #expect(publicKey == pair.publicKey)
    let readBack = try Tool.openssl.output(
      ["pkey", "-pubin", "-pubout", "-outform", "DER"] + der, input: pair.publicKey)
    #expect(readBack == pair.publicKey)
  }

  /// The same bytes, prefix and all, as OpenSSL's own encoder writes for the key.
  @Test(arguments: KeyPairAlgorithm.inOpenSSL)
  func writesTheSamePKCS8(of algorithm: KeyPairAlgorithm) throws {
    let pair = try algorithm.generate()
    let readBack = try Tool.openssl.output(
      ["pkcs8", "-topk8", "-nocrypt", "-inform", "DER", "-outform", "DER"], input: pair.privateKey.revealed)
    #expect(readBack == pair.privateKey.revealed)
  }

  @Test(arguments: KeyPairAlgorithm.inOpenSSL)
  func signsAndVerifies(of algorithm: KeyPairAlgorithm) throws {
    let pair = try algorithm.generate()
    let folder = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
      let file = folder.appending(component: name)
      try Data(bytes).write(to: file)
      return file.path
    }
    let privateKey = try file("private", pair.privateKey.revealed)
    let publicKey = try file("public", pair.publicKey)
    let message = try file("message", Array("a message".utf8))
    let altered = try file("altered", Array("another".utf8))

    var options = ["-rawin", "-keyform", "DER"]
    if let digest = algorithm.digest { options += ["-digest", digest.lowercased()] }
    if algorithm == .sm2 { options += ["-pkeyopt", "distid:1234567812345678"] }
    let signature = try file(
      "signature", try Tool.openssl.output(["pkeyutl", "-sign", "-inkey", privateKey, "-in", message] + options))
    let verify = ["pkeyutl", "-verify", "-pubin", "-inkey", publicKey, "-sigfile", signature] + options
    #expect(try Tool.openssl.run(verify + ["-in", message]).status == 0)
    #expect(try Tool.openssl.run(verify + ["-in", altered]).status != 0)
  }
}
