// Whether a key and an encryption algorithm go together.

import KMSDomain
import KMSModel

extension ActiveKey {
  /// Refuses a key that cannot encrypt or decrypt with `algorithm`.
  func requireEncryption(
    algorithm: EncryptionAlgorithm?, encryptionContext: [String: String]?, for operation: String
  ) throws(Fault) {
    guard record.usage == .encryptDecrypt else { throw .keyUsage(arn, record.usage, operation: operation) }
    let name = (algorithm ?? .symmetricDefault).rawValue
    guard record.spec.algorithms(for: record.usage).contains(name) else { throw .algorithm(name, spec: record.spec) }
    guard record.spec != .symmetricDefault else { return }
    guard encryptionContext ?? [:] == [:] else {
      throw .validation("An encryption context cannot be used with an asymmetric KMS key.")
    }
    throw .unsupported("\(operation) with \(name) is not supported by this service yet.")
  }
}
