// A service that seals its answers for the recipient, without looking at the document.

import AWSClient
import ClientTestSupport
import Foundation
import KMSClientNitro
import SecureMemory

/// The key pair that these tests' recipients have: a new one takes long. It is that of the envelopes of
/// `Tests/Clients/recipient_envelope_vectors.py`.
enum TestKey {
  private struct File: Decodable {
    let privateKey: Data
    let publicKey: Data
    let envelopes: [Envelope]
  }

  private struct Envelope: Decodable {
    let title: String
    let envelope: Data
  }

  private static let file = Result {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(
      File.self, from: try Data(contentsOf: tests.appending(path: "NitroAttestationTests/Vectors/envelopes.json")))
  }

  static func privateKey() throws -> RecipientPrivateKey {
    try RecipientPrivateKey(derRepresentation: SecretBytes(try file.get().privateKey))
  }

  /// Base64 of an envelope for another key.
  static func sealedForAnother() throws -> String? {
    try file.get().envelopes.first { $0.title == "for another key" }?.envelope.base64EncodedString()
  }

  /// Base64 of `plaintext` sealed for the key.
  static func sealed(_ plaintext: SecretBytes) throws -> String {
    let key = try RecipientPublicKey(subjectPublicKeyInfo: [UInt8](try file.get().publicKey))
    return Data(try RecipientEnvelope.seal(plaintext, for: key)).base64EncodedString()
  }
}

/// Attests with one document, or not at all.
struct FixedProvider: AttestationProvider {
  var document: Result<[UInt8], AttestationProviderError> = .success([1, 2, 3])

  func attestationDocument(
    publicKey: [UInt8], userData: [UInt8]?, nonce: [UInt8]?
  ) async throws(AttestationProviderError) -> [UInt8] {
    try document.get()
  }
}

/// A transport that answers every request with `members`, and its client.
struct SealingService {
  let transport: InMemoryTransport
  let kms: KMSClient

  /// `members` are the answer's beside its envelope, as JSON without braces; an `envelope` of nil leaves that out.
  init(members: String = "", envelope: String?) {
    let envelope = envelope.map { #""CiphertextForRecipient":"\#($0)""# }
    let body = [members, envelope ?? ""].filter { !$0.isEmpty }.joined(separator: ",")
    transport = InMemoryTransport(body: "{\(body)}")
    kms = makeClient(transport)
  }

  /// The recipient of these tests, with the document `[1, 2, 3]`.
  static func recipient() async throws -> AttestedRecipient {
    try await AttestedRecipient(try TestKey.privateKey(), attestedBy: FixedProvider())
  }

  /// The body of the only request.
  var request: String? {
    transport.requests.count == 1 ? transport.requests.first.map { String(decoding: $0.body, as: UTF8.self) } : nil
  }
}
