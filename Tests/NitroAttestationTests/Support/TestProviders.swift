// Who attests in tests.

import Foundation
import NitroAttestation
import Synchronization

/// Gives one document or error for everything, and keeps what it is asked.
final class RecordingProvider: AttestationProvider {
  struct Request: Equatable {
    let publicKey: [UInt8]
    let userData: [UInt8]?
    let nonce: [UInt8]?
  }

  private let asked = Mutex<[Request]>([])
  private let answer: Result<[UInt8], AttestationProviderError>

  init(_ answer: Result<[UInt8], AttestationProviderError>) {
    self.answer = answer
  }

  var requests: [Request] { asked.withLock { $0 } }

  func attestationDocument(
    publicKey: [UInt8], userData: [UInt8]?, nonce: [UInt8]?
  ) async throws(AttestationProviderError) -> [UInt8] {
    asked.withLock { $0.append(Request(publicKey: publicKey, userData: userData, nonce: nonce)) }
    return try answer.get()
  }
}
