// A proxy without a network: it keeps what it is sent and answers what the test says.

import KMSOperations
import Synchronization

@testable import KMSExternalKeyStore

/// A transport that answers from a script.
final class ScriptedTransport: ProxyTransport {
  private let answer: @Sendable (ProxyRequest) throws(ProxyFailure) -> ProxyResponse
  private let sent = Mutex<[ProxyRequest]>([])

  init(_ answer: @escaping @Sendable (ProxyRequest) throws(ProxyFailure) -> ProxyResponse) {
    self.answer = answer
  }

  /// A transport with one answer for everything.
  convenience init(status: Int = 200, _ body: String) {
    self.init { (_) throws(ProxyFailure) in ProxyResponse(status: status, body: Array(body.utf8)) }
  }

  /// What was sent, oldest first.
  var requests: [ProxyRequest] { sent.withLock { $0 } }

  func send(_ request: ProxyRequest) async throws(ProxyFailure) -> ProxyResponse {
    sent.withLock { $0.append(request) }
    return try answer(request)
  }

  func shutdown() async {}
}
