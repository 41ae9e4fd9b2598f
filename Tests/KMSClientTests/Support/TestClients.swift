// Clients with credentials that protect nothing.

import KMSClient

/// An access key for tests: AWS's own documentation example.
let exampleCredentials: StaticCredentialsProvider = .static(
  accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")

/// A client in us-east-1 that sends through `transport`.
func makeClient(
  _ transport: some Transport, credentials: some CredentialsProvider = exampleCredentials,
  endpoint: String = "http://127.0.0.1:8270"
) -> KMSClient {
  KMSClient(
    configuration: .endpoint(endpoint, region: "us-east-1", credentials: credentials), transport: transport)
}

/// How a call ended.
func outcome<Success, Failure: Error>(
  _ call: () async throws(Failure) -> Success
) async -> Result<Success, Failure> {
  do { return .success(try await call()) } catch { return .failure(error) }
}
