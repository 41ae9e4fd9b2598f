// Signs a file of any size with a key that never leaves KMS: only the file's digest is sent.

import ArgumentParser
import Crypto
import Foundation
import KMSClient

@main
struct SignFile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sign a file with an ECDSA key in KMS, and check the signature here.",
    discussion: "Writes the signature, DER, to FILE.sig, and the public key to FILE.pem, so that others can check it.")

  @Option(help: "A P-256 signing key: key id, ARN or alias. A new one is made if there is none.")
  var keyID: String?

  @Argument(help: "The file to sign.")
  var file: String

  func run() async throws {
    let kms = KMSClient(configuration: try await .default())
    let url = URL(filePath: file)
    let digest = try Self.digest(of: url)

    let keyID = if let keyID { keyID } else { try await makeKey(kms) }
    let reply = try await kms.sign(
      keyID: keyID, message: SecretBytes(Array(digest)), signingAlgorithm: .ecdsaSHA256, messageType: .digest)

    // Anybody can do this part, without KMS and without credentials.
    let publicKeyReply = try await kms.getPublicKey(keyID: keyID)
    let publicKey = try publicKeyReply.publicKey(as: P256.Signing.PublicKey.self)
    let signature = try P256.Signing.ECDSASignature(derRepresentation: reply.signature)
    guard publicKey.isValidSignature(signature, for: digest) else {
      throw ValidationError("the signature does not verify")
    }

    try Data(reply.signature).write(to: url.appendingPathExtension("sig"))
    try Data(publicKeyReply.publicKeyPEM.utf8).write(to: url.appendingPathExtension("pem"))
    print("signed with  \(reply.keyID)")
    print("verified     SHA-256 \(digest.map { String(format: "%02x", $0) }.joined())")
    print("check it     openssl dgst -sha256 -verify \(file).pem -signature \(file).sig \(file)")
    try await kms.shutdown()
  }

  private func makeKey(_ kms: KMSClient) async throws -> String {
    try await kms.createKey(description: "SignFile", keyUsage: .signVerify, keySpec: .eccNISTP256).keyMetadata.arn
  }

  /// Reads the file in pieces, so that it may be larger than memory.
  static func digest(of url: URL) throws -> SHA256.Digest {
    let file = try FileHandle(forReadingFrom: url)
    defer { try? file.close() }
    var hash = SHA256()
    while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
    return hash.finalize()
  }
}
