// What the service answers: a status, header fields and a body, with a mark on bodies that hold plaintext keys.

public import AWSSigV4
import SecureMemory

/// The answer to one ``ServiceRequest``.
///
/// The HTTP server adds `Date`, `Content-Length` and `Connection`; they do not belong in ``headers``.
public struct ServiceResponse: Sendable {
  /// The HTTP status code, 200 to 599.
  public var status: Int
  /// The header fields to send, in this order.
  public var headers: [HeaderField]
  /// The body. When ``carriesSecret`` is set, whoever sends it must be given the only reference, so that wiping it wipes
  /// the bytes themselves.
  public var body: [UInt8]
  /// Whether the body holds secret bytes (a plaintext data key or private key) and must be wiped once it was sent.
  public var carriesSecret: Bool

  /// Makes an answer.
  public init(status: Int, headers: [HeaderField], body: [UInt8], carriesSecret: Bool = false) {
    self.status = status
    self.headers = headers
    self.body = body
    self.carriesSecret = carriesSecret
  }

  /// Lets go of an answer that will not be sent, wiping what is secret in it.
  mutating func discard() {
    if carriesSecret { SecretBytes.wipe(&body) }
    body = []
  }
}
