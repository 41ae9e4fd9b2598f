// What a request asks for, read off its headers and, for STS, its form or its query.

import AWSSigV4
import KMSAccess
import KMSModel

/// Where a request goes.
enum Destination: Sendable {
  /// A KMS operation.
  case operation(KMSOperation)
  /// An action of STS, which AWS clients and tools ask at the same endpoint.
  case sts(STSForm)

  /// Reads the destination; nil when the request is for nothing this service knows.
  init?(_ request: ServiceRequest) {
    switch request.method {
    case "POST":
      if let target = request.header("x-amz-target") {
        guard request.target == "/" || request.isPresigned, !request.repeats("x-amz-target"),
          let operation = Self.operation(named: target)
        else { return nil }
        self = .operation(operation)
      } else if request.header("content-type")?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true {
        self = .sts(STSForm(form: request.body))
      } else {
        return nil
      }
    case "GET":
      // Requests for STS are presigned so that others can find out who made them; what has a body is none of those.
      guard request.body.isEmpty, let form = STSForm(queryOf: request.target) else { return nil }
      self = .sts(form)
    default: return nil
    }
  }

  private static let targetPrefix = "TrentService."

  private static func operation(named target: String) -> KMSOperation? {
    // Byte for byte: Swift takes U+212A, the sign for kelvins, for a K.
    guard target.utf8.allSatisfy({ $0 < 0x80 }), target.hasPrefix(targetPrefix) else { return nil }
    return KMSOperation(rawValue: String(target.dropFirst(targetPrefix.count)))
  }

  /// What the request must be signed for; nil for a request that needs no signature. KMS's own operations are not
  /// presigned: a presigned request for one gets as far as being refused for it.
  var signatureScope: Authenticator.Scope? {
    switch self {
    case .operation: Authenticator.Scope(service: "kms", admitsPresigning: false)
    case .sts(let form): form.needsSignature ? Authenticator.Scope(service: "sts", admitsPresigning: true) : nil
    }
  }

  /// The operation's name, as metrics have it; nil for a form that has not been read.
  var name: String? {
    switch self {
    case .operation(let operation): operation.rawValue
    case .sts(let form): form.action
    }
  }

  /// An error in the destination's own format.
  func answer(_ error: ErrorAnswer, _ id: RequestID) -> ServiceResponse {
    switch self {
    case .operation: .error(error, id)
    case .sts: .stsError(STSError(error), id)
    }
  }
}

extension ServiceRequest {
  /// The first value of a header field; `name` is in lower case.
  func header(_ name: String) -> String? {
    headers.first { $0.isNamed(name) }?.value
  }

  /// Whether a header field stands there more than once; `name` is in lower case. A signature covers the values of all,
  /// joined, so that none of them alone is what was signed.
  fileprivate func repeats(_ name: String) -> Bool {
    guard let first = headers.firstIndex(where: { $0.isNamed(name) }) else { return false }
    return headers[(first + 1)...].contains { $0.isNamed(name) }
  }

  /// Whether the request is signed in its query, and nowhere else.
  fileprivate var isPresigned: Bool { target.hasPrefix("/?") && signable.signatureForm == .query }
}
