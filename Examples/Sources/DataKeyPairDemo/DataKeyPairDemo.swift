// A data key pair from beginning to end: make a key, get a pair, open its private half again, sign with it, verify.

import Crypto
import Foundation
import KMSClient

@main
struct DataKeyPairDemo {
  /// The same context must be given to open what was encrypted with it.
  static let context = ["purpose": "demo"]

  static func main() async {
    do {
      let kms = KMSClient(configuration: try await configuration())
      do {
        try await run(kms)
      } catch {
        try await kms.shutdown()
        throw error
      }
      try await kms.shutdown()
    } catch let error as GenerateDataKeyPairError {
      fail(explain(error))
    } catch {
      fail("\(error)")
    }
  }

  /// `KEYWRIGHT_ENDPOINT` and `KEYWRIGHT_REGION` when they are set; otherwise as every AWS tool finds its service.
  static func configuration() async throws -> KMSClient.Configuration {
    let environment = ProcessInfo.processInfo.environment
    guard let endpoint = environment["KEYWRIGHT_ENDPOINT"] else { return try await .default() }
    return .endpoint(
      endpoint, region: environment["KEYWRIGHT_REGION"] ?? "us-east-1",
      credentials: try EnvironmentCredentialsProvider())
  }

  static func run(_ kms: KMSClient) async throws {
    let key = try await kms.createKey(description: "DataKeyPairDemo").keyMetadata
    print("KMS key      \(key.arn)")

    let pair = try await makePair(kms, keyID: key.arn)
    print("pair         \(pair.keyPairSpec.rawValue)")
    print(
      "private key  \(pair.privateKeyCiphertextBlob.count) bytes encrypted, in clear \(text(pair.privateKeyPlaintext))")
    print("public key   \(pair.publicKey.count) bytes")
    print(pair.publicKeyPEM)

    // Later, elsewhere: only the encrypted private key was kept.
    let opened = try await kms.decrypt(
      ciphertextBlob: pair.privateKeyCiphertextBlob, encryptionContext: context, keyID: key.arn)
    let privateKey = try opened.privateKey(as: P256.Signing.PrivateKey.self)
    let message = Data("a message".utf8)
    let signature = try privateKey.signature(for: message)

    let publicKey = try pair.publicKey(as: P256.Signing.PublicKey.self)
    guard publicKey.isValidSignature(signature, for: message) else {
      throw DemoError("the signature of the opened private key does not verify")
    }
    print("signed with the opened private key, verified with the public key")
  }

  /// Its only errors are this operation's: the compiler knows them all.
  static func makePair(
    _ kms: KMSClient, keyID: String
  ) async throws(GenerateDataKeyPairError) -> GenerateDataKeyPairOutput {
    try await kms.generateDataKeyPair(keyID: keyID, keyPairSpec: .eccNISTP256, encryptionContext: context)
  }

  /// One sentence for each way in which making a pair can fail. There is no `default`: a new case stops the build.
  static func explain(_ error: GenerateDataKeyPairError) -> String {
    switch error {
    case .notFound(let error): "there is no such key\(reference(error))"
    case .disabled(let error): "the key is disabled\(reference(error))"
    case .keyUnavailable(let error): "the key cannot be reached now\(reference(error))"
    case .dependencyTimeout(let error): "the service waited too long for another\(reference(error))"
    case .invalidKeyUsage(let error): "the key is not for encryption\(reference(error))"
    case .invalidGrantToken(let error): "a grant token is not valid\(reference(error))"
    case .kmsInternal(let error): "the service failed\(reference(error))"
    case .kmsInvalidState(let error): "the key's state forbids it\(reference(error))"
    case .unsupportedOperation(let error): "the key does not support it\(reference(error))"
    case .dryRunOperation(let error): "it would have worked\(reference(error))"
    case .accessDenied(let error): "not permitted\(reference(error))"
    case .throttling(let error): "too many requests\(reference(error))"
    case .validation(let error): "the request is not valid\(reference(error))"
    case .unrecognizedClient(let error): "the access key is not known\(reference(error))"
    case .invalidSignature(let error): "the signature is wrong\(reference(error))"
    case .incompleteSignature(let error): "the signature is incomplete\(reference(error))"
    case .missingAuthenticationToken(let error): "the signature is missing\(reference(error))"
    case .expiredToken(let error): "the session has expired\(reference(error))"
    case .serialization(let error): "the service could not read the request\(reference(error))"
    case .unknownOperation(let error): "the service does not know the operation\(reference(error))"
    case .internalFailure(let error): "the service failed\(reference(error))"
    case .serviceUnavailable(let error): "the service is not available\(reference(error))"
    case .transport(let error): "no connection: \(error)"
    case .timeout(let error): "no answer in time: \(error)"
    case .decoding(let error): "the answer is not understood: \(error)"
    case .credentials(let error): "no credentials: \(error)"
    case .cancelled: "cancelled"
    case .unmodeled(let code, let message, _): "\(code): \(message ?? "no message")"
    }
  }

  static func reference(_ error: some ServiceError) -> String {
    " (\(error.message ?? error.code), request \(error.requestID ?? "unknown"))"
  }

  /// A secret as any log would show it.
  static func text(_ secret: SecretBytes?) -> String { secret.map { "\($0)" } ?? "absent" }

  static func fail(_ reason: String) -> Never {
    FileHandle.standardError.write(Data("DataKeyPairDemo: \(reason)\n".utf8))
    exit(EXIT_FAILURE)
  }
}

/// What went wrong in this program itself.
struct DemoError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
