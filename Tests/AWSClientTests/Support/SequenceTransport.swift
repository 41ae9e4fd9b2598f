// A transport without a network that answers from a list, one answer an attempt.

import AWSSigV4
import Synchronization

@testable import AWSClient

/// Gives its answers in order, and remembers what it was asked.
final class SequenceTransport: Transport {
  /// What an attempt meets.
  enum Answer: Sendable {
    case reply(Int, headers: [String: String] = [:], body: String = "{}")
    case failure(TransportFailure)

    /// An error of the service.
    static func error(_ code: String, status: Int = 400, headers: [String: String] = [:]) -> Answer {
      .reply(status, headers: headers, body: #"{"__type":"\#(code)","message":"no"}"#)
    }
  }

  private let answers: Mutex<[Answer]>
  private let sent = Mutex<[TransportRequest]>([])

  init(_ answers: [Answer]) {
    self.answers = Mutex(answers)
  }

  /// The requests in the order in which they were sent.
  var requests: [TransportRequest] { sent.withLock { $0 } }

  func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
    var copy = request
    copy.body = request.body.withUnsafeBytes { Array($0) }
    sent.withLock { $0.append(copy) }
    let answer = answers.withLock { $0.isEmpty ? Answer.reply(200) : $0.removeFirst() }
    switch answer {
    case .reply(let status, let headers, let body):
      return TransportResponse(
        statusCode: status, headers: headers.map { HeaderField(name: $0.key, value: $0.value) }, body: Array(body.utf8))
    case .failure(let failure): throw failure
    }
  }
}
