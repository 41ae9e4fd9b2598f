// The dialect of the shared files, construct by construct.

import SecureMemory
import Testing

@testable import AWSClient

@Suite("Shared file parser")
struct SharedFileParserTests {
  private func parse(
    _ text: String, _ kind: SharedFileParser.Kind = .configuration
  ) throws(ConfigurationError) -> SharedFileParser.Content {
    try SharedFileParser.parse(SecretBytes(text.utf8), kind: kind, path: "/f")
  }

  private func settings(_ text: String, _ kind: SharedFileParser.Kind) throws -> [String: [String: String]] {
    try parse(text, kind).profiles.mapValues(\.settings)
  }

  @Test(
    "the configuration file",
    arguments: [
      ("", [:]),
      ("\u{FEFF}[default]\r\na = 1\r\n", ["default": ["a": "1"]]),
      ("[default]", ["default": [:]]),
      ("[profile foo]\na=1", ["foo": ["a": "1"]]),
      ("[ \tprofile \t foo\t ]\n a  =\t1 \t\n", ["foo": ["a": "1"]]),
      ("[profile foo] # note\n[profile bar];note\na = 1", ["foo": [:], "bar": ["a": "1"]]),
      ("[profile \"a b\"]\na = 1\n[profile 'c]#d']\na = 2", ["a b": ["a": "1"], "c]#d": ["a": "2"]]),
      ("[profile bob's]\na = 1", ["bob's": ["a": "1"]]),
      ("# note\n; note\n  # note\n[default]\n\n \t\na = 1", ["default": ["a": "1"]]),
      (
        "[default]\na = 1 # note\nb = 2\t; note\nc = 3;kept\nd = 4#kept",
        ["default": ["a": "1", "b": "2", "c": "3;kept", "d": "4#kept"]]
      ),
      ("[default]\na = b=c = d\ne =\nf = # note", ["default": ["a": "b=c = d", "e": "", "f": ""]]),
      ("[default]\nReGion = Value", ["default": ["region": "Value"]]),
      ("[default]\na = 1\na = 2\n[profile x]\n[default]\nb = 3", ["default": ["a": "2", "b": "3"], "x": [:]]),
      ("[default]\na = 1\n  more # kept\n\n\tmore", ["default": ["a": "1\nmore # kept\nmore"]]),
      ("[default]\n  a = 1\n  b = 2\n    more\n  c = 3", ["default": ["a": "1", "b": "2\nmore", "c": "3"]]),
      ("[profile default]\na = 1\n[default]\na = 2\nb = 2", ["default": ["a": "1"]]),
      ("[foo]\na = 1\n[profilefoo]\na = 1\n[profile a b]\na = 1\n[sso-session s]\na = 1\n  b = 2", [:]),
      ("[profile grün]\na = ß", ["grün": ["a": "ß"]]),
    ] as [(String, [String: [String: String]])])
  func configuration(text: String, expected: [String: [String: String]]) throws {
    #expect(try settings(text, .configuration) == expected)
  }

  @Test(
    "the credentials file",
    arguments: [
      ("[default]\na = 1\n[foo]\na = 2", ["default": ["a": "1"], "foo": ["a": "2"]]),
      ("['foo bar']\na = 1", ["foo bar": ["a": "1"]]),
      ("[profile foo]\na = 1\n[a b]\na = 1", [:]),
    ] as [(String, [String: [String: String]])])
  func credentials(text: String, expected: [String: [String: String]]) throws {
    #expect(try settings(text, .credentials) == expected)
  }

  @Test("blocks of settings inside a setting")
  func blocks() throws {
    let content = try parse(
      """
      [services local]
      kms =
        endpoint_url = http://kms # note
        # note
        Other=1

      s3 =
        endpoint_url = http://s3
      [profile foo]
      services = local
      s3 =
        a =
      """)
    #expect(
      content.services["local"]?.blocks == [
        "kms": ["endpoint_url": "http://kms", "other": "1"], "s3": ["endpoint_url": "http://s3"],
      ])
    #expect(content.profiles["foo"]?.blocks == ["s3": ["a": ""]])
    #expect(content.profiles["foo"]?.string("services") == "local")
    #expect(content.profiles["foo"]?.string("s3") == nil)
  }

  @Test(
    "the secret key is no text",
    arguments: [
      ("aws_secret_access_key = s3cr3t/+= ", "s3cr3t/+="),
      ("AWS_SECRET_ACCESS_KEY=a\naws_secret_access_key=b # c", "b"),
      ("aws_secret_access_key =", nil), ("aws_secret_access_key = a\naws_secret_access_key = ", nil),
    ] as [(String, String?)])
  func secret(text: String, expected: String?) throws {
    let section = try #require(try parse("[default]\n" + text, .credentials).profiles["default"])
    #expect(section.secretAccessKey == expected.map { SecretBytes($0.utf8) })
    #expect(section.settings.isEmpty)
  }

  @Test(
    "what is not valid has a line number",
    arguments: [
      ("a = 1", 1, "a setting stands before the first section header"),
      ("\n  a = 1", 2, "a setting stands before the first section header"),
      ("[default]\n\nhunter2", 3, "a line that is no section header has no ="),
      ("[default]\na # = 1", 2, "a line that is no section header has no ="),
      ("[default]\n = hunter2", 2, "a setting has no name"),
      ("[default]\na =\n  hunter2", 3, "a line that is no section header has no ="),
      ("[default]\na =\n  = hunter2", 3, "a setting has no name"),
      ("[default", 1, "the section header has no ]"),
      ("[profile 'hunter2]", 1, "a quote in the section header is not closed"),
      ("[]", 1, "the section has no name"),
      ("[ '' ]", 1, "the section has no name"),
      ("[default] hunter2", 1, "something follows the section header"),
      ("[default]\naws_secret_access_key = hunter2\n  hunter2", 3, "a secret key cannot have several lines"),
      ("[default]\naws_secret_access_key =\n  a = hunter2", 3, "a secret key cannot have several lines"),
      ("[default]\na =\n  aws_secret_access_key = hunter2", 3, "a secret key stands where none belongs"),
    ] as [(String, Int, String)])
  func faults(text: String, line: Int, reason: String) {
    let expected = ConfigurationError.sharedFile(path: "/f", line: line, reason: reason)
    #expect(throws: expected) { try parse(text) }
    #expect("\(expected)" == "/f:\(line): \(reason)")
  }

  @Test("bytes that are not UTF-8")
  func notUTF8() {
    let bytes = Array("[default]\na = ".utf8) + [0xFF]
    #expect(throws: ConfigurationError.sharedFile(path: "/f", line: 2, reason: "the line is not valid UTF-8")) {
      try SharedFileParser.parse(SecretBytes(bytes), kind: .credentials, path: "/f")
    }
  }

  @Test("a section prints no values")
  func redaction() throws {
    let text = "[default]\naws_session_token = t0k3n\naws_secret_access_key = hunter2"
    let section = try #require(try parse(text).profiles["default"])
    var dumped = ""
    dump(section, to: &dumped)
    for text in [dumped, "\(section)", String(reflecting: section)] {
      #expect(!text.contains("t0k3n") && !text.contains("hunter2"))
    }
  }
}
