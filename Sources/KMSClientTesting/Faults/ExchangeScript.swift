// What is to happen to requests, and what has happened.

internal import AWSSigV4
internal import KMSModel
internal import Synchronization

/// The failures that a test has asked for, and the record of its requests.
final class ExchangeScript: Sendable {
  private struct Pending {
    let fault: InjectedFault
    let operation: KMSOperation?
    var times: Int
  }

  private struct State {
    var pending: [Pending] = []
    var calls: [RecordedCall] = []
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Whether the service has ended.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Ends the service.
  func close() {
    state.withLock { $0.isClosed = true }
  }

  // MARK: Failures

  /// Adds a failure after those that are waited for already.
  func add(_ fault: InjectedFault, times: Int, of operation: KMSOperation?) {
    guard times > 0 else { return }
    state.withLock { $0.pending.append(Pending(fault: fault, operation: operation, times: times)) }
  }

  /// Forgets what has not happened yet.
  func removeFaults() {
    state.withLock { $0.pending = [] }
  }

  /// What is to happen to a request for `operation`; nil when it is to be answered.
  func nextFault(of operation: KMSOperation) -> InjectedFault? {
    state.withLock { state in
      guard let index = state.pending.firstIndex(where: { $0.operation == nil || $0.operation == operation }) else {
        return nil
      }
      let fault = state.pending[index].fault
      state.pending[index].times -= 1
      if state.pending[index].times == 0 { state.pending.remove(at: index) }
      return fault
    }
  }

  // MARK: The record

  /// The requests so far.
  var calls: [RecordedCall] { state.withLock { $0.calls } }

  /// Forgets the requests so far.
  func forgetCalls() {
    state.withLock { $0.calls = [] }
  }

  /// Records a request that has ended.
  func record(_ operation: KMSOperation, _ headers: [HeaderField], statusCode: Int?) {
    let signed = try? AuthorizationHeader(in: headers)
    let call = RecordedCall(
      operation: operation, account: signed?.accessKeyID ?? "", region: signed?.scope.region ?? "",
      statusCode: statusCode)
    state.withLock { $0.calls.append(call) }
  }
}
