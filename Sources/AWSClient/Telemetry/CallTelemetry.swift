// What a client lets its surroundings know of its calls: a span, metrics, and log lines of attempts that failed.

internal import AWSJSON
internal import Logging
internal import Metrics
internal import ServiceContextModule
internal import Tracing

/// Observes calls. Nothing of a request or a reply is told but the operation, the error's code and the request's id.
///
/// Names follow OpenTelemetry's semantic conventions for RPC and the AWS SDK.
struct CallTelemetry: Sendable {
  private let service: String
  private let region: String
  /// Where requests go; nil when the configuration is not valid.
  private let server: EndpointURL?
  private let logger: Logger?
  private let tracer: (any Tracer)?
  private let instruments: CallInstruments

  init<Client: AWSServiceClient>(_ configuration: ClientConfiguration<Client>, server: EndpointURL?) {
    service = Client.service.name
    region = configuration.region
    self.server = server
    logger = configuration.logger
    tracer = configuration.tracer
    instruments = CallInstruments(service: service, factory: configuration.metrics)
  }

  /// Runs one call, inside a span when the process has a tracer, and takes its time.
  func observe<Output>(
    _ operation: String, _ call: () async -> Result<CallSuccess<Output>, CallError>
  ) async -> Result<CallSuccess<Output>, CallError> {
    let start = ContinuousClock.now
    let tracer = tracer ?? InstrumentationSystem.tracer
    let result =
      tracer is NoOpTracer ? await call() : await trace(operation, tracer, call)
    instruments.record(operation, ContinuousClock.now - start, failure: result.failureKind)
    return result
  }

  /// Tells that an attempt has failed and will be repeated.
  func willRetry(
    _ operation: String, id: InvocationID, attempt: Int, after delay: Duration, because error: CallError
  ) {
    instruments.retry(operation)
    guard let logger, logger.logLevel <= .debug else { return }
    logger.debug(
      "attempt failed, trying again",
      metadata: [
        "rpc.service": "\(service)", "rpc.method": "\(operation)", "amz-sdk-invocation-id": "\(id)",
        "attempt": "\(attempt)", "delay": "\(delay)", "error": "\(error.summary)",
      ])
  }

  private func trace<Output>(
    _ operation: String, _ tracer: some Tracer, _ call: () async -> Result<CallSuccess<Output>, CallError>
  ) async -> Result<CallSuccess<Output>, CallError> {
    let span = tracer.startSpan("\(service).\(operation)", ofKind: .client)
    defer { span.end() }
    span.updateAttributes { attributes in
      attributes["rpc.system"] = "aws-api"
      attributes["rpc.service"] = service
      attributes["rpc.method"] = operation
      if let server {
        attributes["server.address"] = server.host
        attributes["server.port"] = server.port
      }
      attributes["cloud.region"] = region
    }
    let result = await ServiceContext.withValue(span.context) { await call() }
    switch result {
    case .success(let success):
      if let requestID = success.requestID { span.attributes["aws.request_id"] = requestID }
    case .failure(let error):
      span.attributes["error.type"] = error.code ?? error.kind
      if let requestID = error.requestID { span.attributes["aws.request_id"] = requestID }
      span.setStatus(SpanStatus(code: .error, message: error.code ?? error.kind))
    }
    return result
  }
}

extension Result where Failure == CallError {
  fileprivate var failureKind: String? {
    guard case .failure(let error) = self else { return nil }
    return error.kind
  }
}

extension CallError {
  /// The code of the service's error.
  fileprivate var code: String? {
    guard case .service(let reply) = self else { return nil }
    return reply.code
  }

  fileprivate var requestID: String? {
    switch self {
    case .service(let reply): reply.requestID
    case .client(.decoding(let failure)): failure.requestID
    case .client: nil
    }
  }

  /// One line for people, without the service's own text, which may repeat parts of the request.
  fileprivate var summary: String {
    switch self {
    case .service(let reply): "\(reply.code), status \(reply.statusCode), request \(reply.requestID ?? "unknown")"
    case .client(let failure): "\(failure)"
    }
  }
}
