// Who a client of a service under test is.

internal import AWSClient
internal import AWSJSON
internal import AWSSigV4
internal import KMSDomain
internal import SecureMemory

/// Says to be the root of an account, as the service's development mode understands it: the account is the access key.
struct AccountCredentials: CredentialsProvider {
  let account: String

  func credentials() async throws(CredentialsError) -> Credentials {
    // The service takes any other access key for its own account's.
    guard AccountID(account) != nil else { throw CredentialsError("'\(account)' is no account: 12 digits") }
    return Credentials(accessKeyID: account, secretAccessKey: SecretBytes("not checked".utf8))
  }
}
