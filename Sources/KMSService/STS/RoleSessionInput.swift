// The parameters that every way to begin a session of a role has.

import AWSJSON

/// Which role, under which name, for how long, and narrowed by what.
struct RoleSessionInput: Sendable {
  /// The role.
  let roleARN: String
  /// The session's name.
  let sessionName: String
  /// How long, in seconds; nil for an hour.
  let duration: Int?
  /// The text of the session policy.
  let policy: String?

  /// The range of durations, in seconds. The role's own maximum may be less.
  static let durations = 900...43_200
  /// The most characters that a session policy may have.
  static let maximumPolicyCount = 2048

  /// Decodes and checks the parameters; what is wrong with them goes into `validation`, and then nil comes back.
  init?(_ fields: FormFields, _ validation: inout Validation) throws(STSError) {
    let mark = validation.mark
    let (roleARN, sessionName) = (fields["RoleArn"], fields["RoleSessionName"])
    if roleARN == nil { validation.missing("roleArn") }
    validation.checkLength(roleARN, min: 20, max: 2048, at: "roleArn")
    if sessionName == nil { validation.missing("roleSessionName") }
    validation.checkLength(sessionName, min: 2, max: 64, at: "roleSessionName")
    validation.checkPattern(sessionName, NamePatterns.name, at: "roleSessionName")
    policy = fields["Policy"]
    validation.checkLength(policy, min: 1, max: Self.maximumPolicyCount, at: "policy")
    validation.checkPattern(policy, NamePatterns.policy, at: "policy")
    duration = try fields.integer("DurationSeconds")
    validation.checkRange(
      duration, min: Self.durations.lowerBound, max: Self.durations.upperBound, at: "durationSeconds")
    guard validation.mark == mark, let roleARN, let sessionName else { return nil }
    if fields.has("PolicyArns") {
      guard try fields.memberNumbers("PolicyArns").isEmpty else {
        throw .validation("PolicyArns is not supported: there are no managed policies here. Use Policy instead.")
      }
    }
    self.roleARN = roleARN
    self.sessionName = sessionName
  }
}

/// The patterns of the model.
enum NamePatterns {
  static let name = PatternConstraint(#"[\w+=,.@-]*"#)
  static let externalID = PatternConstraint(#"[\w+=,.@:\/-]*"#)
  static let policy = PatternConstraint(#"[\u0009\u000A\u000D\u0020-\u00FF]+"#)
  static let tagKey = PatternConstraint(#"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"#)
  static let tagValue = PatternConstraint(#"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"#)
}

extension FormFields {
  /// A whole number; nil when the field is not there.
  func integer(_ name: String) throws(STSError) -> Int? {
    guard let text = self[name] else { return nil }
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard digits.count <= 10, digits.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
      throw STSError(code: "MalformedInput", message: "\(name) is not a whole number.")
    }
    return number
  }

  /// The numbers of a list's members.
  func memberNumbers(_ list: String) throws(STSError) -> [Int] {
    do {
      return try members(of: list)
    } catch {
      throw STSError(error)
    }
  }
}
