// The STS that roles are asked of, as the settings mean it.

internal import AWSJSON

extension STSClient {
  /// A client of the STS that the environment and the profile mean.
  ///
  /// - Parameter transport: what carries the requests in place of what the settings say.
  /// - Throws: `CredentialsError` when there is no Region, or a setting is not valid.
  init(_ settings: Settings, transport: (any Transport)?) throws(CredentialsError) {
    do {
      self.init(
        region: try settings.region(), endpointURL: try settings.endpointURL(ofService: "STS"),
        usesFIPS: try settings.usesFIPS, usesDualStack: try settings.usesDualStack,
        transport: transport ?? Self.transport(settings))
    } catch {
      throw CredentialsError("a role cannot be asked for: \(error)")
    }
  }

  /// Whoever trusts other authorities than the system's has STS behind them, too. Nil for the transport that all
  /// credentials providers share.
  private static func transport(_ settings: Settings) -> AsyncHTTPClientTransport? {
    settings.certificateAuthoritiesFile.map { file in
      AsyncHTTPClientTransport(
        maximumConnections: 4, connectTimeout: .seconds(5), certificateAuthoritiesFile: file,
        maximumResponseBytes: 1 << 16)
    }
  }
}
