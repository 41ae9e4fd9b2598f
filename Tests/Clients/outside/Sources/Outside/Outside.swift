// Makes a data key pair and opens it again, and handles every way in which that can fail, each by its type.

import KMSClient

@main
struct Outside {
  static func main() async throws {
    guard CommandLine.arguments.count == 2 else { return print("usage: Outside ENDPOINT") }
    let kms = KMSClient(
      configuration: .endpoint(
        CommandLine.arguments[1], region: "us-east-1",
        credentials: .static(accessKeyID: "123456789012", secretAccessKey: "development")))

    let key = try await kms.createKey(description: "made from outside").keyMetadata.keyID
    print("made:", await outcome(kms, key))
    print("unknown:", await outcome(kms, "12345678-1234-1234-1234-123456789012"))
    try await kms.disableKey(keyID: key)
    print("disabled:", await outcome(kms, key))
    try await kms.shutdown()
    print("shut down:", await outcome(kms, key))
  }

  /// A pair, its type of error named by the compiler.
  static func pair(_ kms: KMSClient, _ key: String) async throws(GenerateDataKeyPairError) -> GenerateDataKeyPairOutput
  {
    try await kms.generateDataKeyPair(
      keyID: key, keyPairSpec: .eccNISTP256, encryptionContext: ["tenant": "blue"])
  }

  static func outcome(_ kms: KMSClient, _ key: String) async -> String {
    let made: GenerateDataKeyPairOutput
    do {
      made = try await pair(kms, key)
    } catch {
      return name(of: error)
    }
    guard "\(made)".contains("redacted") else { return "printing a pair shows its private key" }
    do {
      let opened = try await kms.decrypt(
        ciphertextBlob: made.privateKeyCiphertextBlob, encryptionContext: ["tenant": "blue"])
      return opened.plaintext == made.privateKeyPlaintext ? "a pair of \(made.publicKey.count) bytes" : "another key"
    } catch {
      return "\(error)"
    }
  }

  /// Compiles only as long as it names every case there is.
  static func name(of error: GenerateDataKeyPairError) -> String {
    switch error {
    case .notFound(let failure): "not found, request \(failure.requestID == nil ? "unknown" : "known")"
    case .disabled(let failure): "disabled, status \(failure.statusCode)"
    case .keyUnavailable: "key unavailable"
    case .dependencyTimeout: "dependency timeout"
    case .invalidKeyUsage: "invalid key usage"
    case .invalidGrantToken: "invalid grant token"
    case .kmsInternal: "internal"
    case .kmsInvalidState: "invalid state"
    case .unsupportedOperation: "unsupported operation"
    case .dryRunOperation: "dry run"
    case .accessDenied: "access denied"
    case .throttling: "throttling"
    case .validation: "validation"
    case .unrecognizedClient: "unrecognized client"
    case .invalidSignature: "invalid signature"
    case .incompleteSignature: "incomplete signature"
    case .missingAuthenticationToken: "missing authentication token"
    case .expiredToken: "expired token"
    case .serialization: "serialization"
    case .unknownOperation: "unknown operation"
    case .internalFailure: "internal failure"
    case .serviceUnavailable: "service unavailable"
    case .transport: "transport"
    case .timeout: "timeout"
    case .decoding: "decoding"
    case .credentials: "credentials"
    case .cancelled: "cancelled"
    case .unmodeled(let code, _, _): "unmodeled \(code)"
    }
  }
}
