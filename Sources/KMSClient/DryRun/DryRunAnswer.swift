// The answer to the question whether a call would succeed.

public import AWSJSON
internal import KMSModel

/// Whether a call would succeed.
public enum DryRunAnswer<Failure: ServiceOperationError>: Sendable {
  /// The call is permitted and valid: sent for real, now, it would succeed.
  case allowed
  /// The call would fail, with this error: the caller may not, the key is disabled, there is no such key.
  case denied(Failure)
  /// The service does not know dry runs, and has made the call: it is done, and what it answered has been thrown away.
  ///
  /// AWS KMS and Keywright never answer so; an emulator may.
  case performed

  /// Whether the call would succeed; false, too, when it has been made.
  public var isAllowed: Bool {
    if case .allowed = self { return true }
    return false
  }
}

extension DryRunAnswer: CustomStringConvertible {
  /// One line: the answer, and the reason for a denial.
  public var description: String {
    switch self {
    case .allowed: "allowed"
    case .denied(let reason): "denied: \(reason.description)"
    case .performed: "performed: the service ignored DryRun"
    }
  }
}

extension DryRunAnswer {
  /// What an error of a dry run says about the call; nil when it says nothing, because the question was not decided.
  init?(_ error: Failure) {
    guard let code = error.serviceError?.code else { return nil }
    if code == DryRunOperationException.code {
      self = .allowed
    } else if DryRunVerdict.codes.contains(code) {
      self = .denied(error)
    } else {
      switch CommonServiceError.Kind(code: code) {
      case .accessDenied, .validation: self = .denied(error)
      default: return nil
      }
    }
  }
}

/// Which errors decide the question.
enum DryRunVerdict {
  /// The errors of the model that the call would get when made, too.
  ///
  /// Not among them are `KMSInternalException`, `DependencyTimeoutException` and `KeyUnavailableException`: they tell of
  /// the service's trouble at the moment, and the same question may be answered otherwise a moment later.
  static let codes: Set<String> = [
    DisabledException.code, IncorrectKeyException.code, InvalidArnException.code, InvalidCiphertextException.code,
    InvalidGrantIdException.code, InvalidGrantTokenException.code, InvalidKeyUsageException.code,
    KMSInvalidMacException.code, KMSInvalidSignatureException.code, KMSInvalidStateException.code,
    LimitExceededException.code, NotFoundException.code, UnsupportedOperationException.code,
  ]
}
