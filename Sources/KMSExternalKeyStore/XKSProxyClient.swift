// The client of the XKS proxy API: what KMS asks of the proxies of external key stores.

import AWSSigV4
public import KMSCrypto
import KMSDomain
public import KMSOperations
public import Logging
public import struct FoundationEssentials.Date

/// Calls proxies over HTTPS, signs what it sends, and believes nothing of what comes back until it is checked.
///
/// A call takes 250 ms at most, connecting included. What a proxy says of its errors goes into the log, never to callers.
///
/// A proxy behind a VPC endpoint service is called like any other: there is no VPC here, so its host name must resolve
/// on this machine, or have an address in ``Configuration/hosts``.
public final class XKSProxyClient: ExternalKeyStoreConnector {
  public let attempts: ConnectionAttempts
  private let transport: any ProxyTransport
  private let signingKeys = SigningKeyCache(capacity: 1024)
  private let failures = FailureLimit()
  private let logger: Logger
  private let now: @Sendable () -> Date

  /// The name that signatures are made for.
  static let signingName = "kms-xks-proxy"

  /// A client with connections of its own, until ``shutdown()``.
  public convenience init(
    _ configuration: Configuration, logger: Logger, now: @escaping @Sendable () -> Date
  ) throws(ConfigurationError) {
    self.init(transport: try HTTPSProxyTransport(configuration, logger: logger), logger: logger, now: now)
  }

  init(transport: any ProxyTransport, logger: Logger, now: @escaping @Sendable () -> Date) {
    self.transport = transport
    attempts = ConnectionAttempts { failure in
      logger.warning(
        "an external key store is not connected yet",
        metadata: [
          "custom-key-store": "\(failure.customKeyStoreID)", "failures": "\(failure.count)",
          "reason": "\(LogText.quoted(failure.reason))",
        ])
    }
    self.logger = logger
    self.now = now
  }

  /// Ends background work, then closes the connections.
  public func shutdown() async {
    await attempts.end()
    await transport.shutdown()
  }

  public func health(
    of proxy: ProxyAccess, _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> KeyManagerHealth {
    try await call("/health", of: proxy, HealthCall(), request)
  }

  public func metadata(
    ofKey externalKeyID: String, behind proxy: ProxyAccess, _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> ExternalKeyMetadata {
    try await call("/keys/\(externalKeyID)/metadata", of: proxy, MetadataCall(), request)
  }

  public func encrypt(
    _ plaintext: [UInt8], additionalData: [UInt8], withKey externalKeyID: String, behind proxy: ProxyAccess,
    _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> ExternalCiphertextBlob.Sealed {
    let encryption = EncryptCall(plaintext: plaintext, additionalData: additionalData)
    return try await call("/keys/\(externalKeyID)/encrypt", of: proxy, encryption, request)
  }

  public func decrypt(
    _ sealed: ExternalCiphertextBlob.Sealed, additionalData: [UInt8], withKey externalKeyID: String,
    behind proxy: ProxyAccess, _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> [UInt8] {
    let decryption = DecryptCall(sealed: sealed, additionalData: additionalData)
    return try await call("/keys/\(externalKeyID)/decrypt", of: proxy, decryption, request)
  }

  // MARK: One call

  private func call<Call: ProxyCall>(
    _ path: String, of proxy: ProxyAccess, _ call: Call, _ metadata: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> Call.Answer {
    var errorMessage: String?
    do throws(ProxyFailure) {
      let response = try await transport.send(
        try request(proxy.uriPath + path, of: proxy, body: call.body(metadata)))
      guard response.status == 200 else {
        let refusal = try ProxyRefusal(response.body)
        errorMessage = refusal.message
        throw .refused(refusal.name)
      }
      do {
        return try call.answer(response.body)
      } catch {
        throw .malformedResponse
      }
    } catch {
      log(error, errorMessage, proxy, path, metadata)
      throw error
    }
  }

  private func request(_ path: String, of proxy: ProxyAccess, body: [UInt8]) throws(ProxyFailure) -> ProxyRequest {
    // CreateCustomKeyStore lets nothing else in; a name is the same in every spelling, and a signature is not.
    guard proxy.uriEndpoint.hasPrefix("https://") else { throw .unreachable }
    let host = proxy.uriEndpoint.dropFirst("https://".count).lowercased()
    var headers = [
      HeaderField(name: "Host", value: host), HeaderField(name: "Content-Type", value: "application/json"),
    ]
    let signer = RequestSigner(
      region: proxy.region.description, service: Self.signingName, keys: signingKeys)
    let credentials = Credentials(accessKeyID: proxy.accessKeyID, secretAccessKey: proxy.secretAccessKey)
    do {
      headers += try signer.headers(
        signing: SignableRequest(method: "POST", target: path, headers: headers, body: body), with: credentials,
        at: SigningTime(secondsSinceEpoch: Int64(now().timeIntervalSince1970)))
    } catch {
      throw .unreachable
    }
    return ProxyRequest(host: host, path: path, headers: headers, body: body)
  }

  private func log(
    _ failure: ProxyFailure, _ errorMessage: String?, _ proxy: ProxyAccess, _ path: String,
    _ metadata: ProxyRequestMetadata
  ) {
    let address = "\(proxy.uriEndpoint)\(proxy.uriPath)"
    guard let suppressed = failures.admit(failure, of: address, at: .now) else { return }
    var details: Logger.Metadata = [
      "proxy": "\(address)\(path)", "failure": "\(failure)",
      "operation": "\(metadata.operation)", "request-id": "\(metadata.requestID)",
    ]
    if let errorMessage { details["error-message"] = "\(LogText.quoted(errorMessage))" }
    if suppressed > 0 { details["suppressed"] = "\(suppressed)" }
    logger.warning("external key store proxy failed", metadata: details)
  }
}
