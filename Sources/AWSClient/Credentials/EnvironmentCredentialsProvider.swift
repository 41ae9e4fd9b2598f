// Credentials from the environment, under the names that every AWS tool uses.

public import AWSJSON
public import AWSSigV4

/// Credentials of `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary ones, `AWS_SESSION_TOKEN`.
///
/// They are read once, when the provider is made. The secret goes straight into memory that is wiped when freed; the
/// process's environment itself still holds it.
public struct EnvironmentCredentialsProvider: HoldingCredentialsProvider {
  private let value: Credentials

  /// Reads the environment of this process.
  ///
  /// - Throws: `CredentialsError` naming the variable that is unset or empty.
  public init() throws(CredentialsError) {
    try self.init(environment: ProcessEnvironment())
  }

  init(environment: some EnvironmentVariables) throws(CredentialsError) {
    guard let accessKeyID = environment.string("AWS_ACCESS_KEY_ID") else {
      throw CredentialsError("AWS_ACCESS_KEY_ID is not set")
    }
    guard let secretAccessKey = environment.secret("AWS_SECRET_ACCESS_KEY") else {
      throw CredentialsError("AWS_SECRET_ACCESS_KEY is not set")
    }
    value = Credentials(
      accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: environment.string("AWS_SESSION_TOKEN"))
  }

  /// The credentials as they were read.
  public func credentials() async throws(CredentialsError) -> Credentials { value }

  func heldCredentials() -> Credentials? { value }
}
