// From the parts that the decoder finds to complete requests, in order and within the limits. A pure value: no I/O.

import AWSSigV4
import KMSService
import NIOCore
import NIOHTTP1

/// The input side of one connection.
struct RequestIntake {
  /// A request that is complete, and how its answer has to end.
  struct Complete {
    let request: ServiceRequest
    let framing: ResponseFraming
  }

  /// What comes next in the order of arrival.
  enum Item {
    case request(Complete)
    /// Always the last item.
    case refusal(Refusal)
  }

  private enum Phase {
    case betweenRequests
    case body(RequestHead, [UInt8])
    /// Nothing that arrives now is looked at.
    case ended
  }

  private let limits: HTTPServer.Limits
  private let remoteAddress: String?
  private let isSecure: Bool
  private var phase = Phase.betweenRequests
  private var items = CircularBuffer<Item>(initialCapacity: 1)
  private var owesContinue = false

  init(limits: HTTPServer.Limits, remoteAddress: String?, isSecure: Bool) {
    self.limits = limits
    self.remoteAddress = remoteAddress
    self.isSecure = isSecure
  }

  /// Whether a head has arrived whose body has not.
  var isInBody: Bool {
    if case .body = phase { true } else { false }
  }

  /// Whether nothing more will be taken in.
  var hasEnded: Bool {
    if case .ended = phase { true } else { false }
  }

  /// Whether complete requests, or a refusal, are waiting.
  var hasItems: Bool { !items.isEmpty }

  /// Takes the next part of the input.
  mutating func receive(_ part: HTTPServerRequestPart) {
    switch part {
    case .head(let head): receive(head)
    case .body(let bytes): receive(bytes)
    case .end: receiveEnd()
    }
  }

  /// Ends the input with a refusal, in its turn after the requests that were complete before.
  mutating func refuse(_ refusal: Refusal) {
    guard !hasEnded else { return }
    end()
    items.append(.refusal(refusal))
  }

  /// Ends the input; what is complete stays.
  mutating func end() {
    phase = .ended
    owesContinue = false
  }

  /// Ends the input and forgets what has not been answered.
  mutating func drop() {
    end()
    items.removeAll()
  }

  /// The next item to answer.
  mutating func next() -> Item? { items.popFirst() }

  /// Whether the caller waits for `100 Continue`; asking settles it.
  mutating func takeContinue() -> Bool {
    defer { owesContinue = false }
    return owesContinue
  }

  private mutating func receive(_ head: HTTPRequestHead) {
    guard case .betweenRequests = phase else { return }
    guard items.count < max(limits.maximumPipelinedRequests, 1) else { return end() }
    do {
      let head = try RequestHead(head, limits: limits)
      var body: [UInt8] = []
      // A length is only a promise: memory for a large body is taken as it arrives.
      body.reserveCapacity(min(head.declaredLength, 64 << 10))
      owesContinue = head.expectsContinue
      phase = .body(head, body)
    } catch {
      refuse(error)
    }
  }

  private mutating func receive(_ bytes: ByteBuffer) {
    guard case .body(let head, var body) = phase else { return }
    guard body.count + bytes.readableBytes <= limits.maximumBodyBytes else { return refuse(.bodyTooLarge) }
    owesContinue = false  // It did not wait.
    phase = .betweenRequests  // Leaves `body` the only reference, or appending would copy all of it.
    bytes.withUnsafeReadableBytes { body.append(contentsOf: $0) }
    phase = .body(head, body)
  }

  private mutating func receiveEnd() {
    guard case .body(let head, let body) = phase else { return }
    phase = head.framing.keepsAlive ? .betweenRequests : .ended
    owesContinue = false
    items.append(
      .request(
        Complete(
          request: ServiceRequest(
            method: head.method, target: head.target, headers: head.headers, body: body, remoteAddress: remoteAddress,
            isSecure: isSecure), framing: head.framing)))
  }
}
