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
    let (status, code) = Self.statusAndCode(fault.kind)
    self.init(status: status, code: code, message: fault.message)
  }

  /// The answer to a request whose signature is not accepted.
  init(_ error: SignatureError) {
    self.init(status: 400, code: error.code, message: error.message)
  }

  /// A request for an operation that the API does not have.
  static let unknownOperation = ErrorAnswer(status: 400, code: "UnknownOperationException", message: nil)

  private static func statusAndCode(_ kind: Fault.Kind) -> (Int, String) {
    switch kind {
    case .accessDenied: (400, "AccessDeniedException")
    case .alreadyExists: (400, "AlreadyExistsException")
    case .dependencyTimeout: (500, "DependencyTimeoutException")
    case .disabled: (400, "DisabledException")
    case .dryRunOperation: (400, "DryRunOperationException")
    case .incorrectKey: (400, "IncorrectKeyException")
    case .internalFailure: (500, "KMSInternalException")
    case .invalidAliasName: (400, "InvalidAliasNameException")
    case .invalidArn: (400, "InvalidArnException")
    case .invalidCiphertext: (400, "InvalidCiphertextException")
    case .invalidGrantToken: (400, "InvalidGrantTokenException")
    case .invalidKeyUsage: (400, "InvalidKeyUsageException")
    case .invalidMarker: (400, "InvalidMarkerException")
    case .keyUnavailable: (500, "KeyUnavailableException")
    case .invalidState: (400, "KMSInvalidStateException")
    case .limitExceeded: (400, "LimitExceededException")
    case .malformedPolicyDocument: (400, "MalformedPolicyDocumentException")
    case .notAuthorized: (400, "NotAuthorizedException")
    case .notFound: (400, "NotFoundException")
    case .tag: (400, "TagException")
    case .throttling: (400, "ThrottlingException")
    case .unsupportedOperation: (400, "UnsupportedOperationException")
    case .validation: (400, "ValidationException")
    }
  }
}
