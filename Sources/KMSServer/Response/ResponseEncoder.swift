// An answer as bytes: status line, header fields and body in one buffer, so that one write sends it.

import AWSSigV4
import KMSService
import NIOCore
import NIOHTTP1
import SecureMemory

/// How an answer ends, which its request decides.
struct ResponseFraming: Equatable {
  /// Whether the connection may carry another request afterwards.
  var keepsAlive: Bool
  /// Whether staying open must be said, as HTTP/1.0 requires.
  var announcesKeepAlive = false
  /// Whether the body is left out although its length is told: the answer to `HEAD`.
  var omitsBody = false
}

/// Writes answers of one connection.
struct ResponseEncoder {
  private var date = HTTPDate()

  /// The whole answer in one buffer that never had to grow, so that it is the only copy made of the body.
  mutating func encode(_ response: ServiceResponse, framing: ResponseFraming, allocator: ByteBufferAllocator)
    -> ByteBuffer
  {
    // Status line, Date, Content-Length and Connection take less than 192 bytes.
    let headerBytes = response.headers.reduce(192) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    let status = (200...599).contains(response.status) ? response.status : 500
    // RFC 9110 §8.6 and §6.4.1: these two have no body, and 204 no length either.
    let isBodiless = status == 204 || status == 304
    let bodyBytes = isBodiless || framing.omitsBody ? 0 : response.body.count
    var buffer = allocator.buffer(capacity: headerBytes + bodyBytes)
    Self.writeStatusLine(status, to: &buffer)
    buffer.writeStaticString("Date: ")
    buffer.writeBytes(date.current())
    buffer.writeStaticString("\r\n")
    for field in response.headers where !Self.isFraming(field.name) {
      Self.writeSafely(field.name, to: &buffer)
      buffer.writeStaticString(": ")
      Self.writeSafely(field.value, to: &buffer)
      buffer.writeStaticString("\r\n")
    }
    if !isBodiless {
      buffer.writeStaticString("Content-Length: ")
      buffer.writeString(String(response.body.count))
      buffer.writeStaticString("\r\n")
    }
    if !framing.keepsAlive {
      buffer.writeStaticString("Connection: close\r\n")
    } else if framing.announcesKeepAlive {
      buffer.writeStaticString("Connection: keep-alive\r\n")
    }
    buffer.writeStaticString("\r\n")
    if bodyBytes > 0 { buffer.writeBytes(response.body) }
    return buffer
  }

  /// Overwrites what was sent, once nobody needs it any more.
  ///
  /// What stays out of reach: the kernel's copy in the socket's send queue and, under TLS, nothing but ciphertext.
  static func wipe(_ sent: ByteBuffer) {
    // Written through the storage itself and not through a mutable view: were another reference to it left in the
    // pipeline, that view would copy the secret and wipe the copy. Sound because the buffer came from `encode`, its
    // storage is ordinary heap memory that `sent` keeps alive, and nobody reads it after its write has completed.
    sent.withVeryUnsafeBytes { SecretBytes.wipe(UnsafeMutableRawBufferPointer(mutating: $0)) }
  }

  private static func writeStatusLine(_ status: Int, to buffer: inout ByteBuffer) {
    switch status {
    case 200: buffer.writeStaticString("HTTP/1.1 200 OK\r\n")
    case 400: buffer.writeStaticString("HTTP/1.1 400 Bad Request\r\n")
    default:
      buffer.writeString("HTTP/1.1 \(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)\r\n")
    }
  }

  /// Whether the field is the server's to write.
  private static func isFraming(_ name: String) -> Bool {
    switch name.utf8.count {
    case 4: name.isToken("date")
    case 10: name.isToken("connection")
    case 14: name.isToken("content-length")
    case 17: name.isToken("transfer-encoding")
    default: false
    }
  }

  /// Writes text of a header field with its control characters as spaces: no value can end its line and forge another.
  private static func writeSafely(_ text: String, to buffer: inout ByteBuffer) {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
      buffer.writeString(text)
    } else {
      buffer.writeBytes(text.utf8.map { $0 >= 0x20 && $0 != 0x7F ? $0 : 0x20 })
    }
  }
}
