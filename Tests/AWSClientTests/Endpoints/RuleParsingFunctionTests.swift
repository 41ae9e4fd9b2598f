// Functions that judge host names and take ARNs and URLs apart.

import Testing

@testable import AWSClient

@Suite("Host names, ARNs and URLs in endpoint rules")
struct RuleParsingFunctionTests {
  private static let longLabel = String(repeating: "a", count: 63)

  @Test(
    "isValidHostLabel",
    arguments: [
      ("a", true, true), ("A-9", true, true), (longLabel, true, true), (longLabel + "a", false, false),
      ("a.b", false, true), ("a.b-.c", false, false), ("a..b", false, false), (".a", false, false),
      ("a.", false, false), ("", false, false), ("-a", false, false), ("a-", false, false), ("a_b", false, false),
      ("ä", false, false), ("a b", false, false), ("\(longLabel).\(longLabel)", false, true),
    ])
  func hostLabels(text: String, isLabel: Bool, isName: Bool) throws {
    #expect(try evaluate(#"{"fn": "isValidHostLabel", "argv": ["\#(text)", false]}"#) == .boolean(isLabel))
    #expect(try evaluate(#"{"fn": "isValidHostLabel", "argv": ["\#(text)", true]}"#) == .boolean(isName))
  }

  @Test(
    "aws.isVirtualHostableS3Bucket",
    arguments: [
      ("bucket", true, true), ("my-bucket--use1-az4--x-s3", true, true), ("ab", false, false), ("abc", true, true),
      (longLabel, true, true), (longLabel + "a", false, false), ("Bucket", false, false), ("my.bucket", false, true),
      ("my..bucket", false, false), ("my.-bucket", false, false), ("192.168.1.1", false, false),
      ("999.1.1.1", false, false), ("1.1.1.1.1", false, true), ("-bucket", false, false), ("bucket-", false, false),
      ("bu_cket", false, false), ("bücket", false, false), ("", false, false),
    ])
  func buckets(name: String, isHostable: Bool, isHostableWithDots: Bool) throws {
    let function = "aws.isVirtualHostableS3Bucket"
    #expect(try evaluate(#"{"fn": "\#(function)", "argv": ["\#(name)", false]}"#) == .boolean(isHostable))
    #expect(try evaluate(#"{"fn": "\#(function)", "argv": ["\#(name)", true]}"#) == .boolean(isHostableWithDots))
  }

  @Test(
    "aws.parseArn",
    arguments: [
      (
        "arn:aws:kms:eu-west-1:111122223333:key/1234",
        [
          "partition": "aws", "service": "kms", "region": "eu-west-1", "accountId": "111122223333",
          "resourceId": ["key", "1234"],
        ]
      ),
      (
        "arn:aws:s3:::bucket",
        ["partition": "aws", "service": "s3", "region": "", "accountId": "", "resourceId": ["bucket"]]
      ),
      (
        "arn:aws:s3-outposts:us-west-2:1:outpost/op-1:accesspoint:a/",
        [
          "partition": "aws", "service": "s3-outposts", "region": "us-west-2", "accountId": "1",
          "resourceId": ["outpost", "op-1", "accesspoint", "a", ""],
        ]
      ),
      ("", nil), ("arn", nil), ("arn:aws:s3::", nil), ("arn:aws:s3:::", nil), ("arn::s3:::b", nil),
      ("arn:aws::::b", nil), ("ARN:aws:s3:::b", nil), ("urn:aws:s3:::b", nil), ("bucket", nil), (":::::::", nil),
    ] as [(String, EndpointValue?)])
  func arns(text: String, expected: EndpointValue?) throws {
    #expect(try evaluate(#"{"fn": "aws.parseArn", "argv": ["\#(text)"]}"#) == expected)
  }

  @Test(
    "parseURL",
    arguments: [
      ("https://example.com", "https", "example.com", "", "/", false),
      ("http://example.com/", "http", "example.com", "/", "/", false),
      ("https://example.com:8443/a/b", "https", "example.com:8443", "/a/b", "/a/b/", false),
      ("https://example.com:443/a/", "https", "example.com:443", "/a/", "/a/", false),
      ("HTTPS://example.com", "https", "example.com", "", "/", false),
      ("http://127.0.0.1:80", "http", "127.0.0.1:80", "", "/", true),
      ("http://127.0.0.1", "http", "127.0.0.1", "", "/", true),
      ("http://256.0.0.1", "http", "256.0.0.1", "", "/", false),
      ("http://1.2.3", "http", "1.2.3", "", "/", false),
      ("https://[2001:db8::1]/x", "https", "[2001:db8::1]", "/x", "/x/", true),
      ("https://[::1]:8443", "https", "[::1]:8443", "", "/", true),
    ])
  func urls(text: String, scheme: String, authority: String, path: String, normalized: String, isIP: Bool) throws {
    let expected: EndpointValue = .record([
      "scheme": .string(scheme), "authority": .string(authority), "path": .string(path),
      "normalizedPath": .string(normalized), "isIp": .boolean(isIP),
    ])
    #expect(try evaluate(#"{"fn": "parseURL", "argv": ["\#(text)"]}"#) == expected)
  }

  @Test(
    "parseURL knows what is no URL",
    arguments: [
      "", "example.com", "//example.com", "https:/example.com", "https://", "https:///a", "ftp://example.com",
      "https://h?x=1", "https://h/?x", "https://h#f", "https://u@h", "https://h:", "https://h:x", "https://h:99999",
      "https://h:+1", "https://:80", "https://[::1", "https://[]", "https://[::1]x", "https://h /", "https://h/ä",
    ])
  func notURLs(text: String) throws {
    #expect(try evaluate(#"{"fn": "parseURL", "argv": ["\#(text)"]}"#) == nil)
  }
}
