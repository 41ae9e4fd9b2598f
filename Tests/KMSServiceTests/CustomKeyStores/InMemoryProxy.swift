// A proxy in this process. It encrypts by flipping bits: what it does to bytes is not what these tests are about.

import KMSCrypto
import KMSOperations
import Synchronization

/// A connector to one proxy, with hooks that run before it answers.
final class InMemoryProxy: ExternalKeyStoreConnector {
  /// What a call asks for.
  enum Call: Hashable, Sendable { case health, metadata, encrypt, decrypt }

  typealias Hook = @Sendable (Call, ProxyAccess) async -> ProxyFailure?

  let attempts: ConnectionAttempts
  private let hook = Mutex<Hook?>(nil)
  private let asked = Mutex<[(call: Call, proxy: ProxyAccess, request: ProxyRequestMetadata)]>([])

  init(attempts: ConnectionAttempts = ConnectionAttempts()) { self.attempts = attempts }

  /// Runs `hook` before each answer from now on; a failure that it gives is the answer.
  func before(_ hook: @escaping Hook) { self.hook.withLock { $0 = hook } }

  /// Every call so far.
  var calls: [(call: Call, proxy: ProxyAccess, request: ProxyRequestMetadata)] { asked.withLock { $0 } }

  private func answer(_ call: Call, _ proxy: ProxyAccess, _ request: ProxyRequestMetadata) async throws(ProxyFailure) {
    asked.withLock { $0.append((call, proxy, request)) }
    let hook = hook.withLock(\.self)
    if let failure = await hook?(call, proxy) { throw failure }
  }

  func health(of proxy: ProxyAccess, _ request: ProxyRequestMetadata) async throws(ProxyFailure) -> KeyManagerHealth {
    try await answer(.health, proxy, request)
    return KeyManagerHealth(instances: [.active])
  }

  func metadata(
    ofKey externalKeyID: String, behind proxy: ProxyAccess, _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> ExternalKeyMetadata {
    try await answer(.metadata, proxy, request)
    return ExternalKeyMetadata(spec: "AES_256", usages: ["ENCRYPT", "DECRYPT"], status: "ENABLED")
  }

  func encrypt(
    _ plaintext: [UInt8], additionalData: [UInt8], withKey externalKeyID: String, behind proxy: ProxyAccess,
    _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> ExternalCiphertextBlob.Sealed {
    try await answer(.encrypt, proxy, request)
    guard
      let sealed = ExternalCiphertextBlob.Sealed(
        initializationVector: [UInt8](repeating: 0, count: 12), authenticationTag: [UInt8](repeating: 0, count: 16),
        metadata: [], ciphertext: plaintext.map { ~$0 })
    else { throw .malformedResponse }
    return sealed
  }

  func decrypt(
    _ sealed: ExternalCiphertextBlob.Sealed, additionalData: [UInt8], withKey externalKeyID: String,
    behind proxy: ProxyAccess, _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> [UInt8] {
    try await answer(.decrypt, proxy, request)
    return sealed.ciphertext.map { ~$0 }
  }
}
