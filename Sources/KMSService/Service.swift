// The path of a request, from bytes to bytes.

import AWSSigV4
import FoundationEssentials
public import KMSAccess
public import KMSAudit
import KMSDomain
public import KMSMetrics
import KMSModel
public import KMSOperations
public import Logging

/// The key management service: a request value in, a response value out, no socket needed.
public final class Service: Sendable {
  private let authenticator: Authenticator
  private let context: OperationContext
  private let sts: STSEndpoint
  private let trail: AuditTrail?
  private let metrics: ServiceMetrics?
  private let explains: Bool
  private let logger: Logger
  private let refusals: SignatureRefusalLog

  /// Puts the service together.
  ///
  /// - Parameters:
  ///   - trail: where every authenticated request is recorded; nil for nowhere.
  ///   - metrics: what counts requests; nil for nothing.
  ///   - explains: whether answers say what decided on the request. For development only: it tells of policies.
  public init(
    authenticator: Authenticator, context: OperationContext, sts: STSEndpoint, trail: AuditTrail? = nil,
    metrics: ServiceMetrics? = nil, explains: Bool = false, logger: Logger
  ) {
    self.authenticator = authenticator
    self.context = context
    self.sts = sts
    self.trail = trail
    self.metrics = metrics
    self.explains = explains
    self.logger = logger
    refusals = SignatureRefusalLog(logger: logger)
  }

  /// Answers one request. Every failure is an answer too.
  public func respond(to request: ServiceRequest) async -> ServiceResponse {
    let start = ContinuousClock.now
    let id = RequestID()
    guard let destination = Destination(request) else {
      metrics?.record(operation: nil, error: ErrorAnswer.unknownOperation.code, duration: start.duration(to: .now))
      return .error(.unknownOperation, id)
    }
    let origin = RequestOrigin(request, time: context.now().timeIntervalSince1970)
    let (name, error, response) = await answer(request, to: destination, origin, id)
    metrics?.record(operation: name, error: error, duration: start.duration(to: .now))
    return response
  }

  /// The answer, with the name of what was asked for and the code of the error, if it is one.
  private func answer(
    _ request: ServiceRequest, to destination: Destination, _ origin: RequestOrigin, _ id: RequestID
  ) async -> (name: String?, error: String?, ServiceResponse) {
    var caller: Caller?
    if let scope = destination.signatureScope {
      do {
        caller = try authenticator.authenticate(
          request.signable, for: scope, requestID: id.description, origin: origin)
      } catch {
        metrics?.recordAuthenticationFailure(code: error.code)
        refusals.record(error, remoteAddress: request.remoteAddress, id)
        return (destination.name, error.code, destination.answer(ErrorAnswer(error), id))
      }
    }
    switch (destination, caller) {
    case (.operation(let operation), let caller?): return await perform(operation, request.body, caller, id)
    case (.operation, nil):
      let error = ErrorAnswer(SignatureError.missingAuthenticationToken)
      return (destination.name, error.code, destination.answer(error, id))
    case (.sts(let form), let caller): return await answer(request, form, from: caller, origin, id)
    }
  }

  private func perform(
    _ operation: KMSOperation, _ body: [UInt8], _ caller: Caller, _ id: RequestID
  ) async -> (name: String?, error: String?, ServiceResponse) {
    let ticket: AuditTicket?
    do {
      // Before any work is done: what cannot be recorded is not done.
      ticket = try await trail?.admit(bytes: Self.recordBytes(for: body.count))
    } catch let failure {
      let answer = unrecorded(failure, id)
      return (operation.rawValue, answer.code, .error(answer, id))
    }
    var record = RequestRecord()
    var error: ErrorAnswer?
    var response: ServiceResponse
    do {
      let output = try await OperationEndpoint.of(operation).respond(
        to: body, from: caller, in: context, noting: &record)
      response = .output(output, id)
    } catch let refusal {
      log(refusal, operation, id)
      let answer = ErrorAnswer(refusal)
      error = answer
      response = .error(answer, id)
    }
    for decided in record.decided { metrics?.record(decided.decision.isAllowed ? .allowed : .denied) }
    if explains { explain(record, operation, id, &response) }
    if let trail, let ticket {
      do {
        try await trail.append(AuditEvent.records(operation, record, by: caller, refused: error), ticket)
      } catch let failure {
        // Nobody gets what was not recorded.
        response.discard()
        let answer = unrecorded(failure, id)
        return (operation.rawValue, answer.code, .error(answer, id))
      }
    }
    return (operation.rawValue, error?.code, response)
  }

  private func answer(
    _ request: ServiceRequest, _ form: STSForm, from caller: Caller?, _ origin: RequestOrigin, _ id: RequestID
  ) async -> (name: String?, error: String?, ServiceResponse) {
    var answer = await sts.respond(to: form, from: caller, origin, id)
    if let cause = answer.cause {
      logger.error("internal failure", metadata: ["request-id": "\(id)", "cause": "\(cause)"])
    }
    if let trail {
      let records = AuditEvent.records(answer.event, by: caller, at: sts.region, origin, requestID: id.description)
      guard !records.isEmpty else { return (form.action, answer.errorCode, answer.response) }
      do {
        // Only now: whoever has no signature is nobody before its token has been verified, and leaves no record. What
        // STS does is undone by throwing its answer away.
        let ticket = try await trail.admit(
          bytes: Self.recordBytes(for: request.body.count + request.target.utf8.count))
        try await trail.append(records, ticket)
      } catch {
        answer.response.discard()
        let error = unrecorded(error, id)
        return (form.action, error.code, .stsError(STSError(error), id))
      }
    }
    return (form.action, answer.errorCode, answer.response)
  }

  // MARK: Telling operators

  /// Internal failures are told in full, but to the operator only.
  private func log(_ refusal: OperationEndpoint.Refusal, _ operation: KMSOperation, _ id: RequestID) {
    guard case .fault(let fault) = refusal, let cause = fault.cause else { return }
    logger.error(
      "internal failure",
      metadata: ["request-id": "\(id)", "operation": "\(operation.rawValue)", "cause": "\(cause)"])
  }

  /// The answer to a request that cannot be recorded. The trail itself logs why, at a bounded rate.
  private func unrecorded(_ failure: AuditFailure, _ id: RequestID) -> ErrorAnswer {
    logger.debug("not recorded", metadata: ["request-id": "\(id)", "cause": "\(failure)"])
    return ErrorAnswer(Fault.internalFailure(failure))
  }

  private func explain(
    _ record: RequestRecord, _ operation: KMSOperation, _ id: RequestID, _ response: inout ServiceResponse
  ) {
    for decided in record.decided {
      let text = "kms:\(decided.demand.action) \(decided.decision)"
      logger.info("decided", metadata: ["request-id": "\(id)", "decision": "\(text)"])
      response.headers.append(HeaderField(name: "x-keywright-decision", value: text.headerText))
    }
  }

  /// About how many bytes the records of a request take at most: its parameters are part of them, JSON escapes some of
  /// those, and another account may get a record of its own. The trail has room for more: see its headroom.
  private static func recordBytes(for bodyBytes: Int) -> Int {
    2 * (4096 + 2 * min(bodyBytes, AuditEvent.maximumElementBytes))
  }
}

extension String {
  /// The text without what a header's value cannot hold.
  fileprivate var headerText: String {
    String(decoding: utf8.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}
