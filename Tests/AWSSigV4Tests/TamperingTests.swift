// A signed request with any one byte changed is refused.

import Foundation
import Testing

@testable import AWSSigV4

struct TamperingTests {
  /// Every character a request line or a header value can hold, but white space, which may change without meaning.
  static let visible: [UInt8] = Array(0x21...0x7E)

  let request: SignableRequest

  init() throws {
    var unsigned = KMSRequest.unsigned
    unsigned.target = "/some/path?first=one&second=two"
    request = try KMSRequest.signed(unsigned)
    try KMSRequest.verify(request)
  }

  private func expectRefused(_ changed: SignableRequest, _ what: String) {
    #expect(throws: SignatureError.self, "\(what)") { try KMSRequest.verify(changed) }
  }

  @Test func method() {
    for position in request.method.utf8.indices.enumerated().map(\.offset) {
      for byte in Self.visible where byte != Array(request.method.utf8)[position] {
        var changed = request
        changed.method = request.method.replacingByte(at: position, with: byte)
        expectRefused(changed, changed.method)
      }
    }
  }

  @Test func target() {
    for (position, original) in request.target.utf8.enumerated() {
      for byte in Self.visible where byte != original {
        var changed = request
        changed.target = request.target.replacingByte(at: position, with: byte)
        expectRefused(changed, changed.target)
      }
    }
  }

  @Test(arguments: ["host", "content-type", "x-amz-target", "x-amz-date", "authorization"])
  func header(name: String) throws {
    let value = try #require(request.headers.value(named: name))
    for (position, original) in value.utf8.enumerated() {
      for byte in [original ^ 1, UInt8(ascii: "a"), UInt8(ascii: "Z"), UInt8(ascii: "0"), UInt8(ascii: ",")]
      where byte != original && Self.visible.contains(byte) {
        let changed = request.changing(name) { $0.replacingByte(at: position, with: byte) }
        expectRefused(changed, "\(name) at \(position)")
      }
    }
  }

  @Test func body() {
    for position in request.body.indices {
      for flip in [0x01, 0x20, 0x80] as [UInt8] {
        var changed = request
        changed.body[position] ^= flip
        expectRefused(changed, "body at \(position)")
      }
    }
    var longer = request
    longer.body.append(0x20)
    expectRefused(longer, "one byte more")
    var shorter = request
    shorter.body.removeLast()
    expectRefused(shorter, "one byte less")
  }

  @Test func signatureInCapitals() {
    let changed = request.changing("authorization") { value in
      let parts = value.components(separatedBy: "Signature=")
      return parts[0] + "Signature=" + parts[1].uppercased()
    }
    #expect(throws: SignatureError.signatureMismatch) { try KMSRequest.verify(changed) }
  }

  @Test(arguments: ["", "0", String(repeating: "0", count: 63), String(repeating: "0", count: 65)])
  func signatureOfAnotherLength(signature: String) {
    let changed = request.changing("authorization") {
      $0.components(separatedBy: "Signature=")[0] + "Signature=" + signature
    }
    expectRefused(changed, signature)
  }

  @Test(arguments: ["host", "content-type", "x-amz-target", "x-amz-date"])
  func signedHeaderLeftOut(name: String) {
    expectRefused(request.removing(name), name)
  }

  @Test(arguments: ["host", "content-type", "x-amz-target", "x-amz-date"])
  func signedHeaderRepeated(name: String) throws {
    var changed = request
    changed.headers.append(
      HeaderField(name: name.uppercased(), value: try #require(request.headers.value(named: name))))
    expectRefused(changed, name)
  }

  @Test func unsignedHeadersMayChange() throws {
    try KMSRequest.verify(request.changing("user-agent") { _ in "another/2.0" })
    try KMSRequest.verify(request.removing("user-agent"))
  }

  @Test func aPresignedRequest() throws {
    var presigned = KMSRequest.unsigned
    presigned.headers.removeAll { !$0.isNamed("host") }
    presigned.target = try KMSRequest.signer.target(
      presigning: presigned, with: KMSRequest.credentials, at: KMSRequest.time, expiry: 60)
    try KMSRequest.verify(presigned)
    for (position, original) in presigned.target.utf8.enumerated() {
      for byte in [original ^ 1, UInt8(ascii: "a"), UInt8(ascii: "&"), UInt8(ascii: "0")] as [UInt8]
      where byte != original && Self.visible.contains(byte) {
        var changed = presigned
        changed.target = presigned.target.replacingByte(at: position, with: byte)
        // Both spellings of a percent-encoded byte are the same parameter (RFC 3986 §2.1).
        guard QueryParameter.parse(target: changed.target) != QueryParameter.parse(target: presigned.target) else {
          continue
        }
        expectRefused(changed, changed.target)
      }
    }
  }
}
