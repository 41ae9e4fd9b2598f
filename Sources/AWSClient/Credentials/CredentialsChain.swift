// Several places that credentials can be in, tried in order.

internal import AWSJSON
internal import AWSSigV4
internal import Synchronization

/// A place where credentials may be.
protocol CredentialsSource: Sendable {
  /// How the error that nothing was found calls it.
  var name: String { get }

  /// Whether anything says that credentials are here; asks no other host.
  ///
  /// - Throws: `CredentialsError` when something says so and is wrong.
  func select() async throws(CredentialsError) -> CredentialsSelection
}

/// What a source says of itself.
enum CredentialsSelection: Sendable {
  case provider(any CredentialsProvider)
  /// Nothing of it is set up; `reason` says what that would be.
  case notConfigured(reason: String)
  /// Only asking tells whether it is there: when it fails, the next source is asked.
  case perhaps(any CredentialsProvider)
}

/// The first source that is configured.
///
/// A source that is configured and fails is an error: going on would sign with other credentials than those meant. Once
/// a source has given credentials the chain stays with it.
final class CredentialsChain: CredentialsProvider {
  private let sources: [any CredentialsSource]
  private let chosen = Mutex<(any CredentialsProvider)?>(nil)

  init(_ sources: [any CredentialsSource]) {
    self.sources = sources
  }

  func credentials() async throws(CredentialsError) -> Credentials {
    if let provider = chosen.withLock({ $0 }) { return try await provider.credentials() }
    var reasons: [String] = []
    for source in sources {
      switch try await select(source) {
      case .provider(let provider):
        return try await use(provider)
      case .perhaps(let provider):
        do { return try await use(provider) } catch { reasons.append("\(source.name): \(error)") }
      case .notConfigured(let reason):
        reasons.append("\(source.name): \(reason)")
      }
    }
    throw CredentialsError("no credentials found\n" + reasons.map { "- \($0)" }.joined(separator: "\n"))
  }

  private func select(_ source: any CredentialsSource) async throws(CredentialsError) -> CredentialsSelection {
    do { return try await source.select() } catch { throw CredentialsError("\(source.name): \(error)") }
  }

  private func use(_ provider: any CredentialsProvider) async throws(CredentialsError) -> Credentials {
    let credentials = try await provider.credentials()
    chosen.withLock { $0 = provider }
    return credentials
  }
}
