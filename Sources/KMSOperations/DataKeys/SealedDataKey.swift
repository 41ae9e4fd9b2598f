// What the two GenerateDataKey operations share: the rules, a fresh key, and the same sealed.

import KMSAccess
import KMSCrypto
import KMSDomain
import KMSModel
import SecureMemory

/// A fresh symmetric key, sealed under a KMS key.
struct SealedDataKey {
  let plaintext: SecretBytes
  let ciphertext: [UInt8]
  let keyMaterialID: String?

  /// Checks that `key` may wrap data keys, stops there for a dry run, and else makes one of `byteCount` bytes.
  init(
    byteCount: Int, under key: ActiveKey, _ encryptionContext: [String: String]?, dryRun: Bool?, for caller: Caller,
    operation: String, in context: OperationContext
  ) async throws(Fault) {
    try key.requireUsable(now: context.now())
    _ = try key.encryptionMethod(.symmetricDefault, encryptionContext: encryptionContext, for: operation)
    if dryRun == true { throw .dryRun }

    plaintext = RandomBytes.bytes(count: byteCount)
    (ciphertext, keyMaterialID) = try await context.seal(
      plaintext, under: key, encryptionContext, for: caller, operation: operation)
  }

  /// The number of bytes that a request asks for.
  ///
  /// - Throws: a ValidationException unless exactly one of the two is given.
  static func byteCount(_ spec: DataKeySpec?, _ numberOfBytes: Int?) throws(Fault) -> Int {
    switch (spec, numberOfBytes) {
    case (.aes128, nil): return 16
    case (.aes256, nil): return 32
    case (nil, let count?): return count
    default: throw .validation("Please specify either number of bytes or key spec.")
    }
  }
}
