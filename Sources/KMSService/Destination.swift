// What a request asks for, read off its headers and, for STS, its form.

import AWSSigV4
import KMSModel

/// Where a request goes.
enum Destination: Sendable {
  /// A KMS operation.
  case operation(KMSOperation)
  /// STS GetCallerIdentity, which AWS clients and tools ask at the same endpoint.
  case callerIdentity
  /// An STS action that is not served.
  case unknownSTSAction

  /// Reads the destination; nil when the request is for nothing this service knows.
  init?(_ request: ServiceRequest) {
    guard request.method == "POST" else { return nil }
    if let target = request.header("x-amz-target") {
      guard request.target == "/", target.hasPrefix(Self.targetPrefix),
        let operation = KMSOperation(rawValue: String(target.dropFirst(Self.targetPrefix.count)))
      else { return nil }
      self = .operation(operation)
    } else if request.header("content-type")?.hasPrefix("application/x-www-form-urlencoded") == true {
      self = request.formFields.contains("Action=GetCallerIdentity") ? .callerIdentity : .unknownSTSAction
    } else {
      return nil
    }
  }

  private static let targetPrefix = "TrentService."

  /// The service name that the request's signature must carry.
  var signingName: String {
    switch self {
    case .operation: "kms"
    case .callerIdentity, .unknownSTSAction: "sts"
    }
  }

  /// An error in the destination's own format.
  func answer(_ error: ErrorAnswer, _ id: RequestID) -> ServiceResponse {
    switch self {
    case .operation: .error(error, id)
    case .callerIdentity, .unknownSTSAction: .stsError(error, id)
    }
  }
}

extension ServiceRequest {
  /// The first value of a header field; `name` is in lower case.
  func header(_ name: String) -> String? {
    headers.first { $0.isNamed(name) }?.value
  }

  /// The fields of a form body, still encoded.
  fileprivate var formFields: [Substring] {
    String(decoding: body, as: UTF8.self).split(separator: "&")
  }
}
