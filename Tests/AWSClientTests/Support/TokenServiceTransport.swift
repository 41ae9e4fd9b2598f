// An STS without a network.

import AWSSigV4
import Synchronization

@testable import AWSClient

/// Gives every request for a role credentials that are named after the role, and remembers what it was asked.
final class TokenServiceTransport: Transport {
  /// One request for a role.
  struct Asked: Equatable, Sendable {
    var url: String
    /// The access key that signed; nil without a signature.
    var signer: String?
    /// The members of the form, `Action` and `Version` left out.
    var form: [String: String]
  }

  private let log = Mutex<[Asked]>([])

  var asked: [Asked] { log.withLock { $0 } }

  func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
    var form: [String: String] = [:]
    for pair in String(decoding: request.body, as: UTF8.self).split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      form[String(parts[0])] = String(parts[1].replacing("%3A", with: ":").replacing("%2F", with: "/"))
    }
    let action = form.removeValue(forKey: "Action") ?? ""
    form["Version"] = nil
    let authorization = request.headers.first { $0.name.lowercased() == "authorization" }?.value
    let signer = authorization?.firstRange(of: "Credential=").map { start in
      String(authorization?[start.upperBound...].prefix { $0 != "/" } ?? "")
    }
    log.withLock { [form] in $0.append(Asked(url: request.url, signer: signer, form: form)) }
    let role = form["RoleArn"].map { String($0.drop { $0 != "/" }.dropFirst()) } ?? ""
    let body = """
      <\(action)Response><\(action)Result><Credentials><AccessKeyId>\(role)</AccessKeyId>\
      <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>\
      <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></\(action)Result></\(action)Response>
      """
    return TransportResponse(statusCode: 200, headers: [], body: Array(body.utf8))
  }
}
