// Random and damaged input: reading never traps, and what is read can be written and read again.

import Testing

@testable import AWSSigV4

/// SplitMix64, so that a failure can be repeated.
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

struct FuzzTests {
  static let pieces = [
    "AWS4-HMAC-SHA256", "Credential", "SignedHeaders", "Signature", "=", ",", ", ", " ", "/", ";", "%", "%2", "%2F",
    "?",
    "&", "AKID/20150830/us-east-1/kms/aws4_request", "host", "host;x-amz-date", "X-Amz-Algorithm", "X-Amz-Credential",
    "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature", "20150830T123600Z", "60", "..", ".", "\t",
    "\r\n ", "\0", "ü", "\u{FFFD}", "😀", "",
  ]

  private func damaged(_ text: String, _ generator: inout SeededGenerator) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let position = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0 where !bytes.isEmpty: bytes[position] = UInt8.random(in: .min ... .max, using: &generator)
      case 1 where !bytes.isEmpty: bytes.remove(at: position)
      case 2: bytes.insert(contentsOf: (Self.pieces.randomElement(using: &generator) ?? "").utf8, at: position)
      default: bytes.removeLast(min(bytes.count, Int.random(in: 0..<20, using: &generator)))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func assembled(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...14, using: &generator)).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
      .joined()
  }

  /// Everything a server does with a request; an error is as good as an answer.
  private func exercise(_ request: SignableRequest) throws {
    do throws(SignatureError) {
      let signed = try SignedRequest(parsing: request)
      try? signed.checkScope(service: "kms") { $0 == "us-east-1" }
      try? signed.checkTime(now: KMSRequest.time)
      try? signed.checkSignedHeaders()
      try? signed.checkSignature(with: KMSRequest.key)
    } catch {
      #expect(!error.code.isEmpty && !error.message.isEmpty)
    }
  }

  @Test(arguments: UInt64(1)...8)
  func authorizationHeader(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    let request = try KMSRequest.signed()
    let original = try #require(request.headers.value(named: "authorization"))
    for round in 0..<500 {
      let value = round % 3 == 0 ? assembled(&generator) : damaged(original, &generator)
      try exercise(request.changing("authorization") { _ in value })
      if let header = try? AuthorizationHeader(parsing: value) {
        #expect(try AuthorizationHeader(parsing: header.value) == header, "\(value)")
      }
    }
  }

  @Test(arguments: UInt64(1)...8)
  func target(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    var presigned = KMSRequest.unsigned
    presigned.target = try KMSRequest.signer.target(
      presigning: presigned, with: KMSRequest.credentials, at: KMSRequest.time, expiry: 60)
    for round in 0..<300 {
      var request = presigned
      request.target = round % 3 == 0 ? "/?" + assembled(&generator) : damaged(presigned.target, &generator)
      try exercise(request)
      let signed = try KMSRequest.signed(request)
      try KMSRequest.verify(signed)
    }
  }

  @Test(arguments: UInt64(1)...4)
  func headers(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    for _ in 0..<300 {
      var request = try KMSRequest.signed()
      for index in request.headers.indices where Bool.random(using: &generator) {
        request.headers[index].value = damaged(request.headers[index].value, &generator)
        if Bool.random(using: &generator) {
          request.headers[index].name = damaged(request.headers[index].name, &generator)
        }
      }
      request.headers.shuffle(using: &generator)
      try exercise(request)
    }
  }

  /// Whatever is signed verifies: random methods, targets, header values and bodies.
  @Test(arguments: UInt64(1)...4)
  func signedRequestsVerify(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    for _ in 0..<200 {
      var request = KMSRequest.unsigned
      request.method = assembled(&generator)
      request.target = "/" + assembled(&generator)
      request.headers.append(HeaderField(name: "x-amz-extra", value: assembled(&generator)))
      request.headers.append(HeaderField(name: "X-Amz-Extra", value: assembled(&generator)))
      request.body = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
        .random(in: .min ... .max, using: &generator)
      }
      try KMSRequest.verify(try KMSRequest.signed(request))
    }
  }
}
