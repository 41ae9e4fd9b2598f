// The STS that roles are asked of, as the settings mean it.

internal import AWSJSON

/// Where and over what requests for roles are sent.
struct ProfileTokenService {
  let region: String
  /// Nil for AWS's own.
  let endpointURL: String?
  /// Nil for the transport that all credentials providers share.
  let transport: (any Transport)?

  /// The STS that the environment and the profile mean.
  ///
  /// - Parameter transport: what carries the requests in place of what the settings say.
  /// - Throws: `CredentialsError` when there is no Region, or a setting is not valid.
  init(_ settings: Settings, transport: (any Transport)?) throws(CredentialsError) {
    do {
      region = try settings.region()
      endpointURL = try settings.endpointURL(ofService: "STS")
    } catch {
      throw CredentialsError("a role cannot be asked for: \(error)")
    }
    if let transport {
      self.transport = transport
    } else {
      // Whoever trusts other authorities than the system's has STS behind them, too.
      self.transport = settings.certificateAuthoritiesFile.map { file in
        AsyncHTTPClientTransport(
          maximumConnections: 4, connectTimeout: .seconds(5), certificateAuthoritiesFile: file,
          maximumResponseBytes: 1 << 16)
      }
    }
  }
}
