// The key pair and the envelopes that another implementation made.

import Foundation
import NitroAttestation
import SecureMemory

/// `Tests/Clients/recipient_envelope_vectors.py`: envelopes made with Python's `cryptography` and with OpenSSL.
struct TestRecipient: Decodable {
  let privateKey: Data
  let publicKey: Data
  let envelopes: [Envelope]

  struct Envelope: Decodable {
    let title: String
    let envelope: Data
    let plaintext: Data
    /// Why it does not open; nil for one that does.
    let refusal: String?
  }

  static let file = Result {
    try JSONDecoder().decode(TestRecipient.self, from: Data(try Vectors.bytes("envelopes.json")))
  }

  /// A key that is the same in every test, because a new one takes long.
  static func key() throws -> RecipientPrivateKey {
    try RecipientPrivateKey(derRepresentation: SecretBytes(try file.get().privateKey))
  }

  static func publicKey() throws -> RecipientPublicKey {
    try RecipientPublicKey(subjectPublicKeyInfo: [UInt8](try file.get().publicKey))
  }
}
