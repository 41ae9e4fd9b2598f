// The one place where what went wrong inside becomes an error of the API.

import AWSJSON
import AWSSigV4
import KMSDomain
import KMSOperations

extension ErrorAnswer {
  /// The answer to a refused operation.
  init(_ refusal: OperationEndpoint.Refusal) {
    switch refusal {
    case .input(.serialization(let error)):
      self.init(status: 400, code: "SerializationException", message: error.description)
    case .input(.constraints(let message)):
      self.init(status: 400, code: "ValidationException", message: message)
    case .fault(let fault):
      self.init(fault)
    }
  }

  /// The answer to a fault.
  init(_ fault: Fault) {
    self.init(status: fault.kind.isServerFailure ? 500 : 400, code: fault.kind.rawValue, message: fault.message)
  }

  /// The answer to a request whose signature is not accepted.
  init(_ error: SignatureError) {
    self.init(status: 400, code: error.code, message: error.message)
  }

  /// A request for an operation that the API does not have.
  static let unknownOperation = ErrorAnswer(status: 400, code: "UnknownOperationException", message: nil)
}
