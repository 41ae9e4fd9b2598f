import Foundation
import NitroAttestation
import SecureMemory
import Testing

/// Envelopes made by other implementations: `Tests/Clients/recipient_envelope_vectors.py`.
@Suite struct EnvelopeVectorTests {
  @Test("agrees with other implementations about every envelope")
  func envelopes() throws {
    let file = try TestRecipient.file.get()
    let key = try TestRecipient.key()
    #expect(key.publicKey == [UInt8](file.publicKey))
    #expect(file.envelopes.count > 25)
    for vector in file.envelopes {
      do throws(RecipientEnvelopeError) {
        let plaintext = try RecipientEnvelope.open([UInt8](vector.envelope), with: key)
        #expect(vector.refusal == nil, "\(vector.title)")
        #expect(plaintext == SecretBytes(vector.plaintext), "\(vector.title)")
      } catch {
        #expect(error.description == vector.refusal, "\(vector.title)")
      }
    }
  }
}
