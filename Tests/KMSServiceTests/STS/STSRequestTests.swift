// What STS is asked, and what it refuses to be asked.

import KMSDomain
import Testing

@testable import KMSAccess
@testable import KMSService

@Suite struct STSRequestTests {
  private static let role = "arn:aws:iam::111122223333:role/app"
  private static let complete = [
    "Action": "AssumeRole", "Version": "2011-06-15", "RoleArn": role, "RoleSessionName": "session",
  ]

  private func form(_ changes: [String: String?]) -> [UInt8] {
    var fields = Self.complete
    for (name, value) in changes { fields[name] = value }
    let encoded = fields.map { name, value in "\(name)=\(Self.encoded(value))" }
    return Array(encoded.joined(separator: "&").utf8)
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let digits = String(byte, radix: 16)
      return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }.joined()
  }

  private func decode(_ changes: [String: String?]) throws -> STSRequest {
    try STSRequest(try STSForm(form: form(changes)).fields())
  }

  private func failure(of changes: [String: String?]) -> STSError? {
    do {
      _ = try decode(changes)
      return nil
    } catch {
      return error as? STSError
    }
  }

  @Test func assumeRoleWithEverything() throws {
    let request = try decode([
      "DurationSeconds": "900", "Policy": "{}", "ExternalId": "a:b/c", "SourceIdentity": "alice",
      "Tags.member.2.Key": "team", "Tags.member.2.Value": "",
      "Tags.member.1.Key": "Größe", "Tags.member.1.Value": "x y",
      "TransitiveTagKeys.member.1": "TEAM", "PolicyArns": "", "Unknown": "ignored",
    ])
    guard case .assumeRole(let input) = request else {
      Issue.record("not AssumeRole")
      return
    }
    #expect(input.session.roleARN == Self.role)
    #expect(input.session.sessionName == "session" && input.request.sessionName == "session")
    #expect(input.session.duration == 900)
    #expect(input.session.policy == "{}")
    #expect(input.request.externalID == "a:b/c")
    #expect(input.request.sourceIdentity == "alice")
    #expect(input.request.tags.map(\.key) == ["Größe", "team"])
    #expect(input.request.tags.map(\.value) == ["x y", ""])
    #expect(input.request.transitiveTagKeys == ["TEAM"])
  }

  @Test(arguments: [
    (["RoleSessionName": "a b"], "Value 'a b' at 'roleSessionName'", #"pattern: [\w+=,.@-]*"#),
    (["RoleSessionName": "a"], "Value 'a' at 'roleSessionName'", "length greater than or equal to 2"),
    (["RoleSessionName": String(repeating: "a", count: 65)], "at 'roleSessionName'", "less than or equal to 64"),
    (["RoleSessionName": "a/b"], "Value 'a/b' at 'roleSessionName'", "pattern"),
    (["RoleSessionName": "ä\u{0}"], "at 'roleSessionName'", "pattern"),
    (["RoleArn": "arn"], "Value 'arn' at 'roleArn'", "greater than or equal to 20"),
    (["DurationSeconds": "899"], "Value '899' at 'durationSeconds'", "value greater than or equal to 900"),
    (["DurationSeconds": "-900"], "Value '-900' at 'durationSeconds'", "value greater than or equal to 900"),
    (["DurationSeconds": "43201"], "Value '43201' at 'durationSeconds'", "value less than or equal to 43200"),
    (["Policy": ""], "Value '' at 'policy'", "length greater than or equal to 1"),
    (["Policy": String(repeating: " ", count: 2049)], "at 'policy'", "length less than or equal to 2048"),
    (["Policy": "\u{1}"], "at 'policy'", "pattern"),
    (["ExternalId": "x"], "Value 'x' at 'externalId'", "length greater than or equal to 2"),
    (["SourceIdentity": "a b"], "Value 'a b' at 'sourceIdentity'", "pattern"),
    (["Tags.member.1.Key": "k"], "Value null at 'tags.1.member.value'", "must not be null"),
    (["Tags.member.7.Key": "a*", "Tags.member.7.Value": ""], "Value 'a*' at 'tags.1.member.key'", "pattern"),
    (["Tags.member.1.Key": "", "Tags.member.1.Value": ""], "at 'tags.1.member.key'", "length greater"),
    (["TransitiveTagKeys.member.1": ""], "at 'transitiveTagKeys.1.member'", "length greater"),
  ])
  func constraints(changes: [String: String], value: String, rule: String) throws {
    let refusal = try #require(failure(of: changes))
    #expect(refusal.code == "ValidationError" && refusal.status == 400)
    #expect(refusal.message.contains(/^[12] validation errors? detected: Value/))
    #expect(refusal.message.contains(value) && refusal.message.contains(rule))
    #expect(refusal.message.contains("failed to satisfy constraint: Member must"))
  }

  @Test func everyConstraintIsReported() throws {
    let refusal = try #require(failure(of: ["RoleArn": nil, "RoleSessionName": "?", "DurationSeconds": "1"]))
    // Too short, and not of the pattern.
    #expect(refusal.message.hasPrefix("4 validation errors detected: Value null at 'roleArn'"))
  }

  @Test func tagsAreLimited() throws {
    var changes: [String: String] = [:]
    for number in 1...51 {
      changes["Tags.member.\(number).Key"] = "k\(number)"
      changes["Tags.member.\(number).Value"] = "v"
    }
    #expect(
      try #require(failure(of: changes)).message.contains("at 'tags' failed to satisfy constraint: Member must have"))
    changes["Tags.member.51.Key"] = nil
    changes["Tags.member.51.Value"] = nil
    #expect(failure(of: changes) == nil)
  }

  @Test(arguments: [
    (
      ["Tags.member.1.Key": "a", "Tags.member.1.Value": "", "Tags.member.2.Key": "A", "Tags.member.2.Value": ""],
      "InvalidParameterValue"
    ),
    (["Tags.member.1.Key": "aws:x", "Tags.member.1.Value": ""], "InvalidParameterValue"),
    (["TransitiveTagKeys.member.1": "k"], "InvalidParameterValue"),
    (["PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"], "ValidationError"),
    (["ProvidedContexts.member.1.ProviderArn": "x"], "ValidationError"),
    (["SerialNumber": "arn:aws:iam::111122223333:mfa/x", "TokenCode": "123456"], "AccessDenied"),
    (["DurationSeconds": "1h"], "MalformedInput"), (["DurationSeconds": "-"], "MalformedInput"),
    (["DurationSeconds": "--900"], "MalformedInput"), (["DurationSeconds": "+900"], "MalformedInput"),
    (["DurationSeconds": ""], "MalformedInput"), (["DurationSeconds": "99999999999999999999"], "MalformedInput"),
    (["Tags.member.x.Key": "k"], "MalformedInput"),
    (["Version": "2010-05-08"], "InvalidAction"), (["Action": "GetSessionToken"], "InvalidAction"),
    (["Action": "assumerole"], "InvalidAction"),
  ])
  func refused(changes: [String: String], code: String) {
    #expect(failure(of: changes)?.code == code)
  }

  @Test func anActionMustBeNamed() {
    #expect(failure(of: ["Action": nil])?.code == "MissingAction")
    #expect(failure(of: ["Version": nil]) == nil)
  }

  @Test func onlyNamesAreRepeated() throws {
    #expect(try #require(failure(of: ["Action": "GetFederationToken"])).message.contains("GetFederationToken"))
    #expect(!(try #require(failure(of: ["Action": "<script>\u{1}"])).message.contains("\u{1}")))
  }

  @Test(arguments: [
    ("Action=AssumeRoleWithWebIdentity", false), ("Action=AssumeRole", true), ("Action=GetCallerIdentity", true),
    ("Action=assumerolewithwebidentity", true), ("", true), ("Action=AssumeRoleWithWebIdentity&a=%", true),
    ("Action=AssumeRoleWithWebIdentity&Action=AssumeRole", true), ("Action=AssumeRoleWithSAML", true),
    ("Action=AssumeRoleWithWebIdentit%79", false),
  ])
  func signatures(form: String, isNeeded: Bool) {
    #expect(STSForm(form: Array(form.utf8)).needsSignature == isNeeded)
  }

  @Test func webIdentityTokensAreNotShown() throws {
    let refusal = try #require(
      failure(of: ["Action": "AssumeRoleWithWebIdentity", "WebIdentityToken": String(repeating: "s", count: 20_001)]))
    #expect(refusal.message.contains("Value at 'webIdentityToken' failed to satisfy constraint"))
    #expect(!refusal.message.contains("sss"))
    #expect(failure(of: ["Action": "AssumeRoleWithWebIdentity"])?.message.contains("'webIdentityToken'") == true)
  }
}
