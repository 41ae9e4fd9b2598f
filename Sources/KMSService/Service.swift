// The path of a request, from bytes to bytes.

import AWSSigV4
import FoundationEssentials
public import KMSAccess
import KMSDomain
import KMSModel
public import KMSOperations
public import Logging

/// The key management service: a request value in, a response value out, no socket needed.
public final class Service: Sendable {
  private let authenticator: Authenticator
  private let context: OperationContext
  private let logger: Logger

  /// Puts the service together.
  public init(authenticator: Authenticator, context: OperationContext, logger: Logger) {
    self.authenticator = authenticator
    self.context = context
    self.logger = logger
  }

  /// Answers one request. Every failure is an answer too.
  public func respond(to request: ServiceRequest) async -> ServiceResponse {
    let id = RequestID()
    guard let destination = Destination(request) else {
      return .error(.unknownOperation, id)
    }
    let caller: Caller
    do {
      caller = try authenticator.authenticate(
        request.signable, requestID: id.description, service: destination.signingName, now: now)
    } catch {
      logger.debug("signature refused", metadata: ["request-id": "\(id)", "code": "\(error.code)"])
      return destination.answer(ErrorAnswer(error), id)
    }
    switch destination {
    case .callerIdentity: return .callerIdentity(caller, id)
    case .unknownSTSAction: return destination.answer(.invalidAction, id)
    case .operation(let operation): return await perform(operation, request.body, caller, id)
    }
  }

  private func perform(
    _ operation: KMSOperation, _ body: [UInt8], _ caller: Caller, _ id: RequestID
  ) async -> ServiceResponse {
    do {
      return .output(try await OperationEndpoint.of(operation).respond(to: body, from: caller, in: context), id)
    } catch {
      log(error, operation, id)
      return .error(ErrorAnswer(error), id)
    }
  }

  /// Internal failures are told in full, but to the operator only.
  private func log(_ refusal: OperationEndpoint.Refusal, _ operation: KMSOperation, _ id: RequestID) {
    guard case .fault(let fault) = refusal, let cause = fault.cause else { return }
    logger.error(
      "internal failure",
      metadata: ["request-id": "\(id)", "operation": "\(operation.rawValue)", "cause": "\(cause)"])
  }

  private var now: SigningTime {
    SigningTime(secondsSinceEpoch: Int64(context.now().timeIntervalSince1970))
  }
}
