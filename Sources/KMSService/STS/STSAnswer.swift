// What STS answers, with what the audit trail keeps of it.

import AWSJSON

/// An answer of STS.
struct STSAnswer: Sendable {
  /// What goes over the wire.
  var response: ServiceResponse
  /// What goes into the audit trail, if it is known who asked.
  let event: STSEvent
  /// The code of the error that is answered; nil for a success.
  var errorCode: String?
  /// What went wrong inside, for the operator; nil when nothing did.
  var cause: (any Error)?

  /// The answer to a session that has begun.
  static func begun(_ session: BegunSession, _ event: inout STSEvent, _ id: RequestID) -> STSAnswer {
    event.responseElements = session.auditElements
    return STSAnswer(response: .begunSession(session, action: event.eventName, id), event: event)
  }

  /// The answer to a refusal.
  static func refused(_ failure: STSFailure, _ event: inout STSEvent, _ id: RequestID) -> STSAnswer {
    event.refusal = (failure.error.code, failure.error.message)
    return STSAnswer(
      response: .stsError(failure.error, id), event: event, errorCode: failure.error.code, cause: failure.cause)
  }
}

/// What ended a request to STS: the error that the caller is told, and what is only for the operator.
struct STSFailure: Error {
  let error: STSError
  let cause: (any Error)?

  init(_ error: STSError, cause: (any Error)? = nil) {
    self.error = error
    self.cause = cause
  }
}

/// A request to STS as the audit trail has it. No token and no secret is in it.
struct STSEvent: Sendable {
  /// A resource that the request named.
  struct Resource: Sendable {
    /// Its ARN.
    let arn: String
    /// The account that owns it.
    let account: String
    /// Its type, `AWS::IAM::Role`.
    let type: String
  }

  /// The web identity that asked in place of a caller.
  struct WebIdentityUser: Sendable {
    /// The provider's ARN, the audience and the subject, with colons between them.
    let principalID: String
    /// The subject.
    let userName: String
    /// The provider's ARN.
    let identityProvider: String
  }

  /// Stands in place of an action that is not served or cannot be read: callers can name whatever they like.
  static let unknownAction = "UnknownAction"

  /// The action, or ``unknownAction``.
  let eventName: String
  /// The parameters, by their names in lower camel case; nil when the action has none.
  let requestParameters: [String: JSONValue]?
  /// What was answered: the temporary access key's id and the assumed role. Nil for refusals and for actions that only
  /// read.
  var responseElements: [String: JSONValue]?
  /// The role, if its ARN is one.
  var resources: [Resource] = []
  /// Who asked, if a web identity did and its token was genuine.
  var webIdentity: WebIdentityUser?
  /// The refusal's code and text; nil when there was none.
  var refusal: (code: String, message: String)?
}
