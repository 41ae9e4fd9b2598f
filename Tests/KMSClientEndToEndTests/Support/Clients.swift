// Clients of the suite's service, as a program would make and close them.

import Foundation
import KMSClient
import Testing

import struct KMSModel.Tag

/// The suite's service.
func currentServer() throws -> Server { try #require(Server.current) }

/// Runs `body` with a client of the suite's service, and closes the client.
func withClient<Result>(
  credentials: (any CredentialsProvider)? = nil, _ body: (KMSClient) async throws -> Result
) async throws -> Result {
  let server = try currentServer()
  let kms = KMSClient(configuration: try server.configuration(credentials: credentials))
  do {
    let result = try await body(kms)
    try await kms.shutdown()
    return result
  } catch {
    try await kms.shutdown()
    throw error
  }
}

extension Server {
  /// The configuration of a client of this service; of its owner's, when no credentials are given.
  func configuration(credentials: (any CredentialsProvider)? = nil) throws -> KMSClient.Configuration {
    let credentials = try credentials ?? ownerCredentials()
    var configuration = KMSClient.Configuration.endpoint(url, region: "us-east-1", credentials: credentials)
    // A reply is what the service said at once, or the tests would measure the client's patience.
    configuration.retry = .none
    return configuration
  }

  private func ownerCredentials() throws -> any CredentialsProvider {
    switch program {
    case .developmentKeywright, .moto:
      return StaticCredentialsProvider.static(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    case .keywright:
      let file = dataFolder.appending(component: "administrator.json")
      return try JSONDecoder().decode(AccessKey.self, from: Data(contentsOf: file)).provider
    }
  }
}

/// An access key, as keywright prints it.
struct AccessKey: Decodable {
  let accessKeyID: String
  let secretAccessKey: String

  enum CodingKeys: String, CodingKey {
    case accessKeyID = "AccessKeyId"
    case secretAccessKey = "SecretAccessKey"
  }

  var provider: StaticCredentialsProvider {
    .static(accessKeyID: accessKeyID, secretAccessKey: secretAccessKey)
  }
}

extension KMSClient {
  /// A new key. Its usage is always said, because moto knows no default of it.
  func makeKey(
    _ keySpec: KeySpec = .symmetricDefault, for keyUsage: KeyUsage = .encryptDecrypt, description: String? = nil,
    policy: String? = nil, tags: [Tag]? = nil
  ) async throws(CreateKeyError) -> KeyMetadata {
    try await createKey(
      policy: policy, description: description, keyUsage: keyUsage, keySpec: keySpec, tags: tags
    ).keyMetadata
  }
}

/// A name that no other test uses.
func freshName() -> String { UUID().uuidString.lowercased() }
