// Credentials of a role that are soon at their end.

import Foundation
import KMSClient
import Synchronization

/// Gives what another provider gives, but says that it ends in three seconds: whoever keeps it must ask again after one.
final class ShortLivedCredentialsProvider: CredentialsProvider {
  private let source: any CredentialsProvider
  private let given = Mutex<[String]>([])

  init(_ source: any CredentialsProvider) {
    self.source = source
  }

  /// The ids of all access keys that were given, in order.
  var accessKeyIDs: [String] { given.withLock { $0 } }

  func credentials() async throws(CredentialsError) -> Credentials {
    let credentials = try await source.credentials()
    given.withLock { $0.append(credentials.accessKeyID) }
    return Credentials(
      accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken,
      expiration: SigningTime(secondsSinceEpoch: Int64(Date.now.timeIntervalSince1970) + 3))
  }
}
