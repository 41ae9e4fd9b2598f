// Clients with credentials that protect nothing.

public import KMSClient

/// An access key for tests: AWS's own documentation example.
public let exampleCredentials: StaticCredentialsProvider = .static(
  accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")

/// The configuration of a client in us-east-1 that sends every request once.
public func makeConfiguration(
  _ endpoint: String = "http://127.0.0.1:8270", credentials: some CredentialsProvider = exampleCredentials,
  timeout: Duration = .seconds(600)
) -> KMSClient.Configuration {
  var configuration = KMSClient.Configuration.endpoint(endpoint, region: "us-east-1", credentials: credentials)
  configuration.retry = .none
  configuration.timeouts = Timeouts(attempt: timeout, call: .seconds(3600))
  return configuration
}

/// A client in us-east-1 that sends every request once, through `transport`.
public func makeClient(
  _ transport: some Transport, credentials: some CredentialsProvider = exampleCredentials,
  endpoint: String = "http://127.0.0.1:8270"
) -> KMSClient {
  KMSClient(configuration: makeConfiguration(endpoint, credentials: credentials), transport: transport)
}

/// How a call ended.
public func outcome<Success, Failure: Error>(
  _ call: () async throws(Failure) -> Success
) async -> Result<Success, Failure> {
  do { return .success(try await call()) } catch { return .failure(error) }
}
