// From the parts that the decoder finds to complete requests, in order and within the limits. A pure value: no I/O.

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
    case body
    /// Nothing that arrives now is looked at.
    case ended
  }

  private let limits: HTTPServer.Limits
  private let remoteAddress: String?
  private let isSecure: Bool
  /// The TLS version that the caller and the server agreed on, as CloudTrail writes it; nil until they have.
  var tlsVersion: String?
  private var phase = Phase.betweenRequests
  /// The request whose body is arriving.
  private var head: RequestHead?
  private var body: [UInt8] = []
  private var items = CircularBuffer<Item>(initialCapacity: 1)
  private var owesContinue = false

  init(limits: HTTPServer.Limits, remoteAddress: String?, isSecure: Bool) {
    self.limits = limits
    self.remoteAddress = remoteAddress
    self.isSecure = isSecure
  }

  /// Whether a head has arrived whose body has not.
  var isInBody: Bool { phase == .body }

  /// Whether nothing more will be taken in.
  var hasEnded: Bool { phase == .ended }

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
    head = nil
    body = []
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

  private mutating func receive(_ decoded: HTTPRequestHead) {
    guard phase == .betweenRequests else { return }
    guard items.count < max(limits.maximumPipelinedRequests, 1) else { return end() }
    do {
      let head = try RequestHead(decoded, limits: limits)
      // A length is only a promise: memory for a large body is taken as it arrives.
      body.reserveCapacity(min(head.declaredLength, 64 << 10))
      owesContinue = head.expectsContinue
      self.head = head
      phase = .body
    } catch {
      refuse(error)
    }
  }

  private mutating func receive(_ bytes: ByteBuffer) {
    guard phase == .body else { return }
    guard body.count + bytes.readableBytes <= limits.maximumBodyBytes else { return refuse(.bodyTooLarge) }
    owesContinue = false  // It did not wait.
    bytes.withUnsafeReadableBytes { body.append(contentsOf: $0) }
  }

  private mutating func receiveEnd() {
    guard phase == .body, let head else { return }
    items.append(
      .request(
        Complete(
          request: ServiceRequest(
            method: head.method, target: head.target, headers: head.headers, body: body, remoteAddress: remoteAddress,
            isSecure: isSecure, tlsVersion: tlsVersion), framing: head.framing)))
    self.head = nil
    body = []
    owesContinue = false
    phase = head.framing.keepsAlive ? .betweenRequests : .ended
  }
}
