// What a proxy's failure is to callers: one table for each kind of operation that meets it.

import KMSDomain
import KMSModel

extension ProxyFailure {
  /// The refusal of a cryptographic operation: always KMSInvalidStateException.
  var cryptographicFault: Fault { fault(.invalidState) }

  /// The refusal of CreateKey.
  func keyCreationFault(_ externalKeyID: String) -> Fault {
    switch self {
    case .refused(.keyNotFound): .externalKeyNotFound(externalKeyID)
    case .refused(.invalidState), .refused(.invalidKeyUsage), .refused(.unsupportedOperation):
      .externalKeyConfiguration(externalKeyID)
    case .refused(.accessDenied): fault(.invalidState)
    default: fault(.customKeyStoreInvalidState)
    }
  }

  /// The refusal of CreateCustomKeyStore and UpdateCustomKeyStore.
  var configurationFault: Fault {
    switch self {
    case .refused(.authenticationFailed): fault(.xksProxyIncorrectAuthenticationCredential)
    case .refused(.invalidURIPath): fault(.xksProxyInvalidConfiguration)
    case .refused(.throttling), .refused(.dependencyTimeout), .unreachable, .timeout, .tls, .keyManagerUnavailable:
      fault(.xksProxyURIUnreachable)
    case .refused(.validation), .refused(.internalFailure), .malformedResponse: fault(.xksProxyInvalidResponse)
    // A health check has no ciphertext and no key: whoever answers so does not speak the protocol.
    case .refused: .proxyResponse(.xksProxyInvalidResponse)
    }
  }

  /// Why ConnectCustomKeyStore failed, as DescribeCustomKeyStores tells.
  var connectionErrorCode: ConnectionErrorCode {
    switch self {
    case .refused(.authenticationFailed): .invalidCredentials
    case .refused(.accessDenied): .xksProxyAccessDenied
    case .refused(.invalidURIPath): .xksProxyInvalidConfiguration
    case .timeout, .refused(.dependencyTimeout): .xksProxyTimedOut
    case .tls: .xksProxyInvalidTLSConfiguration
    case .unreachable, .keyManagerUnavailable, .refused(.throttling): .xksProxyNotReachable
    case .refused, .malformedResponse: .xksProxyInvalidResponse
    }
  }

  /// A fault of `kind` in the words for this failure.
  private func fault(_ kind: Fault.Kind) -> Fault {
    switch self {
    case .refused(.validation): .proxyCallsInvalid(kind)
    case .refused(.invalidState): .externalKeyState(kind)
    case .refused(.invalidCiphertext): .proxyCiphertext(kind)
    case .refused(.invalidKeyUsage): .externalKeyUsage(kind)
    case .refused(.authenticationFailed): .proxyCredential(kind)
    case .refused(.accessDenied): .proxyAccessDenied(kind)
    case .refused(.keyNotFound): .externalKeyMissing(kind)
    case .refused(.invalidURIPath): .proxyPath(kind)
    case .refused(.throttling): .proxyThrottled(kind)
    case .refused(.internalFailure): .proxyFailed(kind)
    case .refused(.unsupportedOperation): .proxyUnsupported(kind)
    case .refused(.dependencyTimeout): .keyManagerTimedOut(kind)
    case .unreachable: .proxyUnreachable(kind)
    case .timeout: .proxyTimedOut(kind)
    case .tls: .proxyTLS(kind)
    case .malformedResponse: .proxyResponse(kind)
    case .keyManagerUnavailable: .keyManagerUnavailable(kind)
    }
  }
}
