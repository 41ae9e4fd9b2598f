// The names that the service's metrics may have: those of the API, and no other.

import KMSDomain
import KMSMetrics
import KMSModel
import KMSOperations
import KMSService

extension ServiceMetrics.Names {
  /// Every operation, error and quota that the service has.
  static var served: ServiceMetrics.Names {
    ServiceMetrics.Names(
      operations: KMSOperation.allCases.map(\.rawValue) + Service.stsActions,
      errors: Fault.Kind.allCases.map(\.rawValue) + signatureErrors
        + ["SerializationException", "UnknownOperationException"] + Service.stsErrors,
      authenticationFailures: signatureErrors, requestQuotas: RequestQuotaClass.allCases.map(\.name))
  }

  private static let signatureErrors = [
    "MissingAuthenticationTokenException", "IncompleteSignatureException", "InvalidSignatureException",
    "UnrecognizedClientException", "ExpiredTokenException",
  ]
}
