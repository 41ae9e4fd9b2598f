// Policy variables, in conditions and resources.

import Testing

@testable import KMSAccess

@Suite struct PolicyVariableTests {
  static let request: [String: ConditionValue] = [
    "a:b": .string("alice"), "aws:username": .string("alice"), "aws:PrincipalTag/star": .string("*"),
    "aws:PrincipalTag/empty": .string(""), "kms:MultiRegion": .bool(true), "kms:RotationPeriodInDays": .integer(365),
    "kms:GrantOperations": .strings(["Sign", "Verify"]), "aws:TagKeys": .strings(["one"]),
    "aws:ResourceTag/none": .strings([]), "aws:CurrentTime": .instant(0),
  ]

  @Test(arguments: [
    ("StringEquals", "${aws:username}", "alice", true), ("StringEquals", "${AWS:UserName}", "alice", true),
    ("StringEquals", "x-${aws:username}-${aws:username}", "x-alice-alice", true),
    ("StringEquals", "${aws:username}", "bob", false), ("StringEquals", "${aws:PrincipalTag/empty}", "", true),
    ("StringEquals", "${kms:MultiRegion}/${kms:RotationPeriodInDays}/${aws:TagKeys}", "true/365/one", true),
    ("StringEqualsIgnoreCase", "X${aws:username}", "xALICE", true),
    ("StringEqualsIgnoreCase", "X${aws:username}", "xALICEs", false),
    // Wildcards: the policy's own are, a variable's are not.
    ("StringLike", "${aws:username}*", "alice-and-bob", true),
    ("StringLike", "${aws:PrincipalTag/star}", "alice", false),
    ("StringLike", "${aws:PrincipalTag/star}", "*", true), ("StringLike", "a${*}b", "a*b", true),
    ("StringLike", "a${*}b", "axb", false), ("StringLike", "${?}", "?", true), ("StringLike", "${?}", "x", false),
    ("StringLike", "${$}{a:b}", "${a:b}", true), ("StringEquals", "${*}", "*", true), ("StringEquals", "$", "$", true),
    ("StringEquals", "$${aws:username}", "$alice", true), ("StringLike", "${a:x, '*'}", "alice", false),
    // Defaults.
    ("StringEquals", "${a:x, 'y z'}", "y z", true), ("StringEquals", "${a:x,''}", "", true),
    ("StringEquals", "${a:x, '}'}", "}", true),
    ("StringEquals", "${aws:username, 'y'}", "alice", true), ("StringEquals", "${aws:username, 'y'}", "y", false),
    ("StringEquals", "${aws:ResourceTag/none, 'y'}", "y", true),
    // ARNs: a variable stays in its segment.
    ("ArnLike", "arn:aws:iam::1:user/${aws:username}", "arn:aws:iam::1:user/alice", true),
    ("ArnLike", "arn:aws:iam::1:*/${aws:PrincipalTag/star}", "arn:aws:iam::1:user/alice", false),
    ("ArnLike", "arn:aws:iam::${a:x, '1:user/a'}:*", "arn:aws:iam::1:user/a:b", false),
    ("ArnEquals", "${a:x, 'arn:aws:iam::1:user/a'}", "arn:aws:iam::1:user/a", true),
    ("ArnEquals", "arn:aws:iam::1:user/${a:x, 'a:b'}", "arn:aws:iam::1:user/a:b", true),
  ])
  func resolved(name: String, value: String, text: String, matches: Bool) throws {
    let negated = try #require(ConditionOperatorTests.negations[name])
    for (name, expected) in [(name, matches), (negated, !matches)] {
      for effect in [PolicyStatement.Effect.allow, .deny] {
        let condition = #"{"\#(name)":{"a:c":"\#(value)"}}"#
        let values = Self.request.merging(["a:c": .string(text)]) { $1 }
        #expect(try ConditionCheck.holds(condition, values, under: effect) == expected, "\(condition)")
      }
    }
  }

  /// Values in which a variable is that no request here has a text for.
  static let unresolved = [
    "${a:x}", "x${a:x}*", "${kms:GrantOperations}", "${kms:GrantOperations, 'Sign'}", "${aws:ResourceTag/none}",
    "${aws:CurrentTime}", "${nothing}",
  ]

  @Test(arguments: unresolved)
  func unresolvedMatchesNothing(value: String) throws {
    for name in ["StringEquals", "StringLike", "StringEqualsIgnoreCase"] {
      for text in ["", "x", "Sign", value] {
        let values = Self.request.merging(["a:c": .string(text)]) { $1 }
        func holds(_ name: String, _ list: String, _ effect: PolicyStatement.Effect) throws -> Bool {
          try ConditionCheck.holds(#"{"\#(name)":{"a:c":\#(list)}}"#, values, under: effect)
        }
        for effect in [PolicyStatement.Effect.allow, .deny] {
          #expect(try !holds(name, #""\#(value)""#, effect))
          #expect(try !holds(name + "IfExists", #""\#(value)""#, effect))
          // The others still count.
          #expect(
            try holds(name, #"["\#(value)","${a:y, '\#(text == value ? "" : text)'}"]"#, effect) == (text != value))
        }
        let negated = try #require(ConditionOperatorTests.negations[name])
        for name in [negated, negated + "IfExists"] {
          #expect(try !holds(name, #""\#(value)""#, .allow))
          #expect(try holds(name, #""\#(value)""#, .deny))
        }
      }
    }
  }

  @Test func unresolvedWithoutAValueToCompare() throws {
    for name in ["StringNotEquals", "StringNotEqualsIfExists", "ForAllValues:StringNotLike", "ArnNotLikeIfExists"] {
      let condition = #"{"\#(name)":{"a:c":"${a:x}"}}"#
      #expect(try !ConditionCheck.holds(condition, [:], under: .allow))
      #expect(try ConditionCheck.holds(condition, [:], under: .deny))
    }
  }

  @Test func otherVersionsHaveNone() throws {
    for version in ["2008-10-17", "2012-10-17"] {
      let isFirst = version == "2008-10-17"
      let values: [String: ConditionValue] = ["a:b": .string("x"), "a:c": .string("${a:b}")]
      #expect(
        try ConditionCheck.holds(#"{"StringEquals":{"a:c":"${a:b}"}}"#, values, version: version) == isFirst)
      #expect(try ConditionCheck.holds(#"{"StringLike":{"a:c":"${a:?}"}}"#, values, version: "2008-10-17"))
    }
    #expect(try ConditionCheck.holds(#"{"StringEquals":{"a:c":"${"}}"#, ["a:c": .string("${")], version: "2008-10-17"))
  }

  @Test func keysHaveNone() throws {
    let values: [String: ConditionValue] = ["a:b": .string("c"), "a:c": .string("x")]
    #expect(try !ConditionCheck.holds(#"{"StringEquals":{"a:${a:b}":"x"}}"#, values))
  }

  @Test(arguments: [
    ("Resource", "arn:aws:kms:eu-west-1:111122223333:key/${aws:username}", true, true),
    ("Resource", "arn:aws:kms:*:*:*/${aws:PrincipalTag/star}", false, false),
    ("Resource", "arn:aws:kms:*:*:key/${a:x, 'alice'}", true, true),
    ("Resource", "arn:aws:kms:*:${a:x, '111122223333:key/alice'}", false, false),
    ("Resource", "arn:aws:kms:*:*:key/${a:x}", false, false),
    ("NotResource", "arn:aws:kms:eu-west-1:111122223333:key/${aws:username}", false, false),
    ("NotResource", "arn:aws:kms:eu-west-1:111122223333:key/${aws:username}s", true, true),
    ("NotResource", "arn:aws:kms:*:*:key/${a:x}", false, true),
    ("NotResource", #"arn:aws:kms:*:*:key/${a:x}","arn:aws:kms:*:*:key/alice"#, false, false),
  ])
  func resources(member: String, pattern: String, allows: Bool, denies: Bool) throws {
    let query = PolicyQuery(
      action: "kms:Decrypt", resource: "arn:aws:kms:eu-west-1:111122223333:key/alice",
      values: FixedValues(Self.request))
    let policy = try IdentityPolicy(
      PolicyText.document(
        #""Effect":"Allow","Action":"*","\#(member)":["\#(pattern)"]"#,
        #""Effect":"Deny","Action":"*","\#(member)":["\#(pattern)"]"#))
    let verdict = policy.evaluate(query)
    #expect((verdict.allowedBy != nil) == allows)
    #expect((verdict.deniedBy != nil) == denies)
  }
}
