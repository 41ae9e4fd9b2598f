// Checks tokens of identity providers.

public import KMSAccess
public import KMSDomain
public import Logging
public import struct FoundationEssentials.Date

/// Believes the tokens of declared OpenID Connect providers: signed with one of the provider's keys, by this issuer, for
/// one of the declared clients, and in force.
public final class WebIdentityVerifier: WebIdentityVerifying {
  /// Why a declared provider cannot be used.
  public enum ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The address of its keys is neither `https` nor on this machine.
    case unusableAddress(issuer: String)
    /// The file of its keys cannot be read, or is no key set.
    case unusableFile(path: String)
    /// The file of its keys can be written to by others than its owner.
    case writableByOthers(path: String)
    /// An account declares it twice.
    case duplicate(issuer: String)

    /// One line for the operator.
    public var description: String {
      switch self {
      case .unusableAddress(let issuer):
        "the keys of the identity provider \(issuer) must be at an https address, or an http address of this machine"
      case .unusableFile(let path): "\(path) is not a file with a JSON Web Key Set"
      case .writableByOthers(let path):
        "others can write to \(path), a file of keys of an identity provider (chmod go-w)"
      case .duplicate(let issuer): "the identity provider \(issuer) is declared twice in one account"
      }
    }
  }

  private struct Name: Hashable {
    let account: AccountID
    let issuer: [UInt8]
  }

  private struct Provider {
    let declared: DeclaredIdentityProvider
    let keys: ProviderKeys
  }

  private let providers: [Name: Provider]

  /// Makes a verifier. Files of keys are read once now, so that a wrong one is noticed at the start; addresses are asked
  /// when the first token comes.
  public convenience init(_ providers: [DeclaredIdentityProvider], logger: Logger) throws(ConfigurationError) {
    try self.init(providers, logger: logger) { (source, issuer) throws(ConfigurationError) in
      switch source {
      case .file(let path):
        return try Self.checked(FileKeySet(path: path))
      case .url(let text):
        guard let address = KeySetAddress(text) else { throw .unusableAddress(issuer: issuer) }
        return HTTPKeySet(url: address.text)
      }
    }
  }

  /// A file that has a key set now.
  private static func checked(_ file: FileKeySet) throws(ConfigurationError) -> FileKeySet {
    do {
      _ = try ProviderKey.keys(in: try file.read())
      return file
    } catch KeySetFailure.writableByOthers {
      throw .writableByOthers(path: file.path)
    } catch {
      throw .unusableFile(path: file.path)
    }
  }

  /// Makes a verifier that fetches keys from where `source` says. Accounts that name one source share what is fetched.
  init(
    _ providers: [DeclaredIdentityProvider], logger: Logger,
    source: (DeclaredIdentityProvider.KeysSource, _ issuer: String) throws(ConfigurationError) -> any KeySetSource
  ) throws(ConfigurationError) {
    var all: [Name: Provider] = [:]
    var keys: [DeclaredIdentityProvider.KeysSource: ProviderKeys] = [:]
    for declared in providers {
      let name = Name(account: declared.account, issuer: Array(declared.issuer.utf8))
      guard all[name] == nil else { throw .duplicate(issuer: declared.issuer) }
      let known = keys[declared.keysSource]
      let ofSource =
        if let known {
          known
        } else {
          ProviderKeys(try source(declared.keysSource, declared.issuer), issuer: declared.issuer, logger: logger)
        }
      keys[declared.keysSource] = ofSource
      all[name] = Provider(declared: declared, keys: ofSource)
    }
    self.providers = all
  }

  public func verify(
    _ token: String, in account: AccountID, partition: String, now: Date
  ) async throws(WebIdentityError) -> WebIdentity {
    let token = try CompactToken(token)
    let claims = token.claims
    // What costs nothing comes first; nothing of it is believed before the signature was checked.
    guard let provider = providers[Name(account: account, issuer: Array(claims.issuer.utf8))] else {
      throw .unknownProvider(issuer: claims.issuer)
    }
    let audience = try claims.audience(among: provider.declared.clientIDs)
    try claims.checkTimes(now: now.timeIntervalSince1970)
    let candidates = try await provider.keys.keys(for: token.keyID, token.algorithm, now: now)
    for key in candidates where await token.isSigned(with: key) {
      return Self.identity(claims, audience, provider.declared, partition)
    }
    throw .invalidSignature
  }

  private static func identity(
    _ claims: TokenClaims, _ audience: String, _ provider: DeclaredIdentityProvider, _ partition: String
  ) -> WebIdentity {
    var values = ["sub": [claims.subject], "aud": [audience]]
    // When the token was taken for whoever asked for it, the audiences it names are another key's.
    if !claims.audiences.contains(audience) { values["oaud"] = claims.audiences }
    if !claims.methods.isEmpty { values["amr"] = claims.methods }
    let prefix = provider.name.lowercased() + ":"
    return WebIdentity(
      providerARN: provider.arn(partition: partition), issuer: claims.issuer, subject: claims.subject,
      audience: audience, claims: Dictionary(uniqueKeysWithValues: values.map { (prefix + $0.key, $0.value) }))
  }
}
