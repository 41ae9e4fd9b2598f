// Credentials that the program itself brings.

public import AWSJSON
public import AWSSigV4
public import SecureMemory

/// Always the same credentials.
public struct StaticCredentialsProvider: HoldingCredentialsProvider {
  private let value: Credentials

  /// Always `credentials`.
  public init(_ credentials: Credentials) {
    value = credentials
  }

  /// The credentials this provider was made with.
  public func credentials() async throws(CredentialsError) -> Credentials { value }

  func heldCredentials() -> Credentials? { value }
}

extension CredentialsProvider where Self == StaticCredentialsProvider {
  /// Always this access key; with a session token when it is a temporary one.
  ///
  /// The secret is copied into memory that is wiped when freed; the `String` it came in is not, and neither is a
  /// literal. ``static(accessKeyID:secretAccessKey:sessionToken:)-(_,SecretBytes,_)`` avoids that.
  public static func `static`(
    accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil
  ) -> StaticCredentialsProvider {
    .static(accessKeyID: accessKeyID, secretAccessKey: SecretBytes(secretAccessKey.utf8), sessionToken: sessionToken)
  }

  /// Always this access key; with a session token when it is a temporary one.
  public static func `static`(
    accessKeyID: String, secretAccessKey: SecretBytes, sessionToken: String? = nil
  ) -> StaticCredentialsProvider {
    StaticCredentialsProvider(
      Credentials(accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken))
  }
}
