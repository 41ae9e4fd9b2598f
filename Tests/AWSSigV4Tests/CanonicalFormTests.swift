// Canonical paths, queries and header values beyond the published suite.

import Testing

@testable import AWSSigV4

struct CanonicalFormTests {
  private func canonical(
    target: String = "/", headers: [HeaderField] = [], list: String = "host", normalizing: Bool = true
  ) throws -> [Substring] {
    let request = SignableRequest(
      method: "GET", target: target, headers: [HeaderField(name: "Host", value: "h")] + headers, body: [])
    let bytes = try #require(
      CanonicalRequest(
        request, signedHeaders: SignedHeaderNames(list: list), payloadHash: request.payloadHash, form: .header,
        normalizingPath: normalizing)
    ).bytes
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test(arguments: [
    ("", "/"), ("/", "/"), ("//", "/"), ("/a", "/a"), ("/a/", "/a/"), ("/a//b", "/a/b"), ("/a/./b", "/a/b"),
    ("/a/../b", "/b"), ("/../..", "/"), ("/../a", "/a"), ("/a/b/..", "/a"), ("/a/b/../", "/a/"), ("/a/..", "/"),
    ("/a/../", "/"), ("/...", "/..."), ("/a%20b", "/a%2520b"), ("/a b", "/a%20b"), ("/a+b", "/a%2Bb"),
    ("/~a-b_c.d", "/~a-b_c.d"), ("/ü", "/%C3%BC"), ("?a=b", "/"),
  ])
  func path(target: String, expected: String) throws {
    #expect(try canonical(target: target)[1] == expected)
  }

  @Test(arguments: [("", "/"), ("//", "//"), ("/a/../b", "/a/../b"), ("/a b/.", "/a%20b/.")])
  func pathAsItStands(target: String, expected: String) throws {
    #expect(try canonical(target: target, normalizing: false)[1] == expected)
  }

  @Test(arguments: [
    ("/", ""), ("/?", ""), ("/?&&", ""), ("/?a", "a="), ("/?a=", "a="), ("/?=b", "=b"), ("/?b=2&a=1", "a=1&b=2"),
    ("/?a=2&a=1&a", "a=&a=1&a=2"), ("/?a=b=c", "a=b%3Dc"), ("/?a=b c", "a=b%20c"), ("/?a=%7e", "a=~"),
    ("/?a=%2f", "a=%2F"), ("/?a=%", "a=%25"), ("/?a=%2", "a=%252"), ("/?a=%zz", "a=%25zz"), ("/?a=x+y", "a=x%2By"),
    ("/?a=1?2", "a=1%3F2"), ("/?a-b=1&a=2", "a=2&a-b=1"), ("/?B=1&a=2&A=3", "A=3&B=1&a=2"),
    ("/?X-Amz-Signature=s", "X-Amz-Signature=s"),
  ])
  func query(target: String, expected: String) throws {
    #expect(try canonical(target: target)[2] == expected)
  }

  @Test(arguments: [
    ("v", "v"), ("", ""), (" v ", "v"), ("\tv\t", "v"), ("a  b", "a b"), ("a \t b", "a b"), ("a\r\n b", "a b"),
    ("a\r\n\t \r\n b   c", "a b c"), ("\"a   b\"", "\"a b\""), ("   ", ""), ("a\u{A0}b", "a\u{A0}b"), ("ü  ß", "ü ß"),
  ])
  func headerValue(value: String, expected: String) throws {
    let lines = try canonical(headers: [HeaderField(name: "X", value: value)], list: "host;x")
    #expect(lines[4] == "x:\(expected)")
  }

  @Test func repeatedHeadersKeepTheirOrder() throws {
    let headers = [
      HeaderField(name: "x", value: " b "), HeaderField(name: "other", value: "o"),
      HeaderField(name: "X", value: "a  c"),
      HeaderField(name: "x", value: ""),
    ]
    #expect(try canonical(headers: headers, list: "host;x")[4] == "x:b,a c,")
    #expect(headers.value(named: "x") == "b,a  c,")
  }

  @Test func whiteSpaceDoesNotChangeASignature() throws {
    let request = try KMSRequest.signed().changing("content-type") { "\t " + $0 + "  " }
    try KMSRequest.verify(request)
  }

  @Test func signedNamesAreSortedByBytes() {
    let names = SignedHeaderNames(names: ["b", "A-b", "a", "B", "x-Amz-Date", "Host"])
    #expect(names.list == "a;a-b;b;host;x-amz-date")
    #expect(names.isCanonical)
    #expect(names.contains("HOST") && !names.contains("hos") && !names.contains(""))
  }

  @Test func everyByteIsEncodedAsRFC3986Says() {
    let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    for byte in UInt8.min...UInt8.max {
      var encoded: [UInt8] = []
      encoded.append(percentEncoded: byte)
      let digits = String(byte, radix: 16, uppercase: true)
      let expected =
        unreserved.contains(byte)
        ? String(UnicodeScalar(byte)) : "%" + String(repeating: "0", count: 2 - digits.count) + digits
      #expect(String(decoding: encoded, as: UTF8.self) == expected)
      let decoded = String(decoding: encoded, as: UTF8.self).withBytes { [UInt8](percentDecoding: $0, in: $0.indices) }
      #expect(decoded == [byte])
    }
  }

  @Test func everyByteHasTwoHexadecimalDigits() {
    for byte in UInt8.min...UInt8.max {
      var digits: [UInt8] = []
      withUnsafeBytes(of: byte) { digits.append(hexadecimal: $0) }
      let expected = String(byte, radix: 16)
      #expect(String(decoding: digits, as: UTF8.self) == (expected.count == 1 ? "0" : "") + expected)
    }
  }
}
