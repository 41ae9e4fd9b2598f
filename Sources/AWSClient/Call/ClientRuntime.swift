// What makes a client's calls: everything between an operation's input and its output or error.

public import AWSJSON
internal import AWSSigV4
internal import SecureMemory

/// The part of a client that is the same for every service: it encodes, signs, sends, repeats, decodes, and tells of it.
public final class ClientRuntime: Sendable {
  private let requests: Result<RequestFactory, ConfigurationError>
  private let credentials: any CredentialsProvider
  private let transport: any Transport
  private let ownTransport: AsyncHTTPClientTransport?
  private let retry: RetryConfiguration
  private let timeouts: Timeouts
  private let compression: RequestCompression?
  private let telemetry: CallTelemetry
  private let clock: CallClock
  private let quota: RetryQuota
  private let skew = ClockSkew()

  /// A runtime over the configuration's HTTP client, or else over one of its own.
  public convenience init<Client: AWSServiceClient>(_ configuration: ClientConfiguration<Client>) {
    if let shared = configuration.httpClient {
      let transport = AsyncHTTPClientTransport(
        client: shared, maximumResponseBytes: configuration.maximumResponseBytes)
      self.init(configuration, transport: transport, ownTransport: nil)
    } else {
      let transport = AsyncHTTPClientTransport(
        connectTimeout: configuration.timeouts.connect,
        certificateAuthoritiesFile: configuration.certificateAuthoritiesFile,
        maximumResponseBytes: configuration.maximumResponseBytes)
      self.init(configuration, transport: transport, ownTransport: transport)
    }
  }

  /// A runtime over `transport`, which stays the caller's.
  public convenience init<Client: AWSServiceClient>(
    _ configuration: ClientConfiguration<Client>, transport: some Transport
  ) {
    self.init(configuration, transport: transport, ownTransport: nil)
  }

  init<Client: AWSServiceClient>(
    _ configuration: ClientConfiguration<Client>, transport: any Transport, ownTransport: AsyncHTTPClientTransport?,
    clock: CallClock = CallClock(), quota: RetryQuota = RetryQuota()
  ) {
    let endpoint = Result { () throws(ConfigurationError) in try configuration.serviceEndpoint() }
    requests = endpoint.map { RequestFactory(service: Client.service, endpoint: $0) }
    credentials = configuration.credentials
    retry = configuration.retry
    timeouts = configuration.timeouts
    compression = configuration.requestCompression
    telemetry = CallTelemetry(configuration, server: (try? endpoint.get())?.url)
    self.transport = transport
    self.ownTransport = ownTransport
    self.clock = clock
    self.quota = quota
  }

  /// Closes the connections that are the runtime's own.
  public func shutdown() async throws {
    try await ownTransport?.shutdown()
  }

  /// Calls `operation`.
  ///
  /// - Throws: the operation's error, whatever went wrong and wherever.
  public func send<Operation: AWSJSONOperation>(
    _ operation: Operation.Type, _ input: Operation.Input
  ) async throws(Operation.Failure) -> Operation.Output {
    let result = await telemetry.observe(operation.name) {
      () async -> Result<CallSuccess<Operation.Output>, CallError> in
      do throws(CallError) {
        return .success(try await self.output(of: operation, input))
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let success): return success.output
    case .failure(.service(let reply)): throw Operation.Failure(reply)
    case .failure(.client(let failure)): throw Operation.Failure(failure)
    }
  }

  private func output<Operation: AWSJSONOperation>(
    of operation: Operation.Type, _ input: Operation.Input
  ) async throws(CallError) -> CallSuccess<Operation.Output> {
    var input = input
    operation.addIdempotencyTokens(to: &input)
    // The JSON of request and reply may hold plaintext.
    var body = input.encoded()
    defer { SecretBytes.wipe(&body) }
    let compressed = operation.compressesRequest ? compress(&body) : false
    let call = try call(of: operation, input, contentEncoding: compressed ? "gzip" : nil)
    var response = try await call.reply(to: body)
    defer { SecretBytes.wipe(&response.body) }
    // The content type is not consulted, as no AWS client does: bytes that are not the output's JSON fail to decode
    // whatever they call themselves.
    do {
      return CallSuccess(output: try Operation.Output.decodeOutput(response.body), requestID: response.requestID)
    } catch {
      throw .client(
        .decoding(DecodingFailure(error, statusCode: response.statusCode, requestID: response.requestID)))
    }
  }

  private func call<Operation: AWSJSONOperation>(
    of operation: Operation.Type, _ input: Operation.Input, contentEncoding: String?
  ) throws(CallError) -> Call {
    let requests: RequestFactory
    do { requests = try self.requests.get() } catch { throw .unsendable("\(error)") }
    let hostPrefix: String?
    do { hostPrefix = try operation.hostPrefix(for: input) } catch { throw .unsendable("\(error)") }
    let message = Call.Message(
      operation: operation.name, target: operation.target, hostPrefix: hostPrefix,
      contentEncoding: contentEncoding, retryability: { operation.retryability(ofErrorCode: $0) })
    return Call(
      message: message, requests: requests, credentials: credentials, transport: transport, retry: retry,
      timeouts: timeouts, quota: quota, skew: skew, clock: clock, telemetry: telemetry)
  }

  /// Compresses `body`, if there is a way to and it is worth it.
  private func compress(_ body: inout [UInt8]) -> Bool {
    guard let compression, body.count >= compression.minimumBytes, let compressed = compression.gzip(body) else {
      return false
    }
    SecretBytes.wipe(&body)
    body = compressed
    return true
  }
}
