// What each operator compares, and what it says where there is nothing to compare.

import Testing

@testable import KMSAccess

@Suite struct ConditionOperatorTests {
  /// An operator that is not negated, a policy's values, a request's value, and whether they match.
  static let comparisons: [(name: String, values: String, request: ConditionValue, matches: Bool)] = [
    ("StringEquals", #""blue""#, .string("blue"), true), ("StringEquals", #""blue""#, .string("Blue"), false),
    ("StringEquals", #"["red","blue"]"#, .string("blue"), true), ("StringEquals", #""b*""#, .string("blue"), false),
    ("StringEquals", #""b*""#, .string("b*"), true), ("StringEquals", "\"\"", .string(""), true),
    ("StringEquals", #""true""#, .bool(true), true), ("StringEquals", #""365""#, .integer(365), true),
    ("StringEquals", #""\u00e9""#, .string("e\u{301}"), false),
    ("StringEqualsIgnoreCase", #""BLUE""#, .string("blue"), true),
    ("StringEqualsIgnoreCase", #""\u00c9t\u00e9""#, .string("étÉ"), true),
    ("StringEqualsIgnoreCase", #""b*""#, .string("blue"), false),
    ("StringLike", #""b*e""#, .string("blue"), true), ("StringLike", #""b*e""#, .string("Blue"), false),
    ("StringLike", #""b??e""#, .string("blue"), true), ("StringLike", #""?""#, .string("é"), true),
    ("StringLike", #""?""#, .string(""), false), ("StringLike", #"["x*","*"]"#, .string(""), true),
    ("NumericEquals", #""365""#, .integer(365), true), ("NumericEquals", "365", .string("365.0"), true),
    ("NumericEquals", #"["1","2"]"#, .integer(3), false), ("NumericEquals", #""0""#, .instant(0), true),
    ("NumericLessThan", #""10""#, .integer(9), true), ("NumericLessThan", #""10""#, .integer(10), false),
    ("NumericLessThan", #""-1""#, .string("-1.5"), true), ("NumericLessThanEquals", #""10""#, .integer(10), true),
    ("NumericLessThanEquals", #""10""#, .integer(11), false), ("NumericGreaterThan", #""10""#, .integer(10), false),
    ("NumericGreaterThan", #"["10","20"]"#, .integer(15), true),
    ("NumericGreaterThanEquals", "1e1", .integer(10), true), ("NumericGreaterThanEquals", "10", .integer(9), false),
    ("DateEquals", #""2024-01-01""#, .instant(1_704_067_200), true),
    ("DateEquals", #""1704067200""#, .string("2024-01-01T00:00:00Z"), true),
    ("DateEquals", "1704067200", .integer(1_704_067_200), true),
    ("DateEquals", #""2024-01-01T00:00:00Z""#, .instant(1_704_067_201), false),
    ("DateLessThan", #""2024-01-01T01:00:00+01:00""#, .instant(1_704_067_199.5), true),
    ("DateLessThan", #""2024-01-01T01:00:00+01:00""#, .instant(1_704_067_200), false),
    ("DateLessThanEquals", #""2024-01-01T00:00:00.5Z""#, .instant(1_704_067_200.5), true),
    ("DateLessThanEquals", #""2024-01-01""#, .instant(1_704_067_200.5), false),
    ("DateGreaterThan", #""2024-01-01""#, .string("2024-01-02"), true),
    ("DateGreaterThan", #""2024-01-01""#, .instant(1_704_067_200), false),
    ("DateGreaterThanEquals", #""2024-01-01""#, .instant(1_704_067_200), true),
    ("DateGreaterThanEquals", #""2024-01-01""#, .instant(0), false),
    ("Bool", #""true""#, .bool(true), true), ("Bool", "false", .bool(true), false),
    ("Bool", #""FALSE""#, .string("false"), true), ("Bool", #"["true","false"]"#, .bool(false), true),
    ("BinaryEquals", #""AQID""#, .string("AQID"), true), ("BinaryEquals", #""AQID""#, .string("AQIE"), false),
    ("BinaryEquals", #""AQI=""#, .string("AQI="), true),
    ("IpAddress", #""10.0.0.0/8""#, .string("10.255.0.1"), true),
    ("IpAddress", #""10.0.0.0/8""#, .string("11.0.0.1"), false),
    ("IpAddress", #""10.0.0.1""#, .string("10.0.0.1"), true), ("IpAddress", #""10.0.0.1""#, .string("10.0.0.2"), false),
    ("IpAddress", #""0.0.0.0/0""#, .string("192.0.2.1"), true), ("IpAddress", #""0.0.0.0/0""#, .string("::1"), false),
    ("IpAddress", #""10.1.2.3/31""#, .string("10.1.2.2"), true),
    ("IpAddress", #""2001:db8::/32""#, .string("2001:DB8:ffff::1"), true),
    ("IpAddress", #""2001:db8::/32""#, .string("2001:db9::1"), false), ("IpAddress", #""::/0""#, .string("::1"), true),
    ("IpAddress", #""10.0.0.0/8""#, .string("::ffff:10.0.0.1"), true),
    ("IpAddress", #""::ffff:10.0.0.0/104""#, .string("10.9.9.9"), true),
    ("ArnEquals", #""arn:aws:iam::1:role/a""#, .string("arn:aws:iam::1:role/a"), true),
    ("ArnEquals", #""arn:aws:iam::1:role/*""#, .string("arn:aws:iam::1:role/a/b:c"), true),
    ("ArnEquals", #""arn:aws:iam::1:role/a""#, .string("arn:aws:iam::1:role/A"), false),
    ("ArnLike", #""arn:*:iam::?:role/*""#, .string("arn:aws:iam::1:role/a"), true),
    ("ArnLike", #""arn:aws:iam::?:role/*""#, .string("arn:aws:iam::12:role/a"), false),
    ("ArnLike", #""*:*:*:*:*:*""#, .string("arn:aws:iam::12:role/a"), true),
    ("ArnLike", #""*""#, .string("arn:aws:iam::12:role/a"), true),
    ("ArnLike", #""arn:aws:*:1:role:a""#, .string("arn:aws:iam::1:role:a"), false),
  ]

  /// Operators by the name of what they negate.
  static let negations = [
    "StringEquals": "StringNotEquals", "StringEqualsIgnoreCase": "StringNotEqualsIgnoreCase",
    "StringLike": "StringNotLike", "NumericEquals": "NumericNotEquals", "DateEquals": "DateNotEquals",
    "IpAddress": "NotIpAddress", "ArnEquals": "ArnNotEquals", "ArnLike": "ArnNotLike",
  ]

  @Test func everyOperatorIsCompared() {
    let compared = Set(Self.comparisons.map(\.name))
    #expect(Set(Self.negations.keys).isSubset(of: compared))
    #expect(
      compared.union(Self.negations.values).union(["Null"]) == Set(ConditionOperator.allCases.map(\.rawValue)))
    for comparison in ConditionOperator.allCases {
      #expect(comparison.isNegated == Self.negations.values.contains(comparison.rawValue))
    }
  }

  @Test(arguments: comparisons)
  func comparing(name: String, values: String, request: ConditionValue, matches: Bool) throws {
    let names = [(name, matches)] + (Self.negations[name].map { [($0, !matches)] } ?? [])
    for (name, expected) in names {
      for prefix in ["", "ForAnyValue:", "ForAllValues:"] {
        for suffix in ["", "IfExists"] {
          for effect in [PolicyStatement.Effect.allow, .deny] {
            let condition = #"{"\#(prefix)\#(name)\#(suffix)":{"a:b":\#(values)}}"#
            #expect(
              try ConditionCheck.holds(condition, ["A:b": request], under: effect) == expected, "\(condition) \(effect)"
            )
          }
        }
      }
    }
  }

  /// A value that each operator can compare.
  private static func value(for comparison: ConditionOperator) -> String {
    switch comparison.family {
    case .text, .bool, .presence: "true"
    case .number, .instant: "1"
    case .binary: "AQID"
    case .address: "10.0.0.1"
    case .arn: "arn:aws:iam::1:role/a"
    }
  }

  @Test(arguments: ConditionOperator.allCases, [PolicyStatement.Effect.allow, .deny])
  func withoutAValue(comparison: ConditionOperator, effect: PolicyStatement.Effect) throws {
    guard comparison != .null else { return }
    for absent: [String: ConditionValue] in [[:], ["a:b": .strings([])], ["a:c": .string("true")]] {
      func holds(_ name: String) throws -> Bool {
        try ConditionCheck.holds(
          #"{"\#(name)":{"a:b":"\#(Self.value(for: comparison))"}}"#, absent, under: effect)
      }
      let name = comparison.rawValue
      #expect(try holds(name) == comparison.isNegated)
      #expect(try holds(name + "IfExists"))
      #expect(try !holds("ForAnyValue:" + name))
      #expect(try holds("ForAnyValue:" + name + "IfExists"))
      #expect(try holds("ForAllValues:" + name))
      #expect(try holds("ForAllValues:" + name + "IfExists"))
    }
  }

  /// What an operator's request side may be that it cannot compare.
  private static func incomparable(for comparison: ConditionOperator) -> [ConditionValue] {
    switch comparison.family {
    case .text: [.instant(0)]
    case .number: [.string("many"), .string(""), .string("0x1"), .string("nan"), .bool(true)]
    case .instant: [.string("soon"), .string(""), .bool(true)]
    case .bool: [.string("yes"), .integer(1), .instant(1)]
    case .binary: [.string("AQI"), .string("%%%%"), .instant(1)]
    case .address: [.string("nowhere"), .string("10.0.0.1/32"), .string("10.0.0.1\0"), .string(""), .instant(1)]
    case .arn: [.string("a"), .string(""), .string("urn:aws:iam::1:role/a"), .string("arn:aws:iam::1"), .instant(1)]
    case .presence: []
    }
  }

  /// A text that is too long to be looked through for everything that a policy may hold: no Allow comes of it, and no
  /// Deny is avoided by it.
  @Test(arguments: ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"])
  func textsWithoutEnd(name: String) throws {
    for (count, isCompared) in [(16_384, true), (16_385, false)] {
      let request = ConditionValue.string(String(repeating: "a", count: count))
      for suffix in ["", "IfExists"] {
        let condition = #"{"\#(name)\#(suffix)":{"a:b":"b"}}"#
        let isNegated = name.contains("Not")
        #expect(try ConditionCheck.holds(condition, ["a:b": request], under: .allow) == (isCompared && isNegated))
        #expect(try ConditionCheck.holds(condition, ["a:b": request], under: .deny) == (!isCompared || isNegated))
      }
    }
  }

  @Test(arguments: ConditionOperator.allCases)
  func whatCannotBeCompared(comparison: ConditionOperator) throws {
    for request in Self.incomparable(for: comparison) {
      func holds(_ name: String, _ effect: PolicyStatement.Effect) throws -> Bool {
        try ConditionCheck.holds(
          #"{"\#(name)":{"a:b":"\#(Self.value(for: comparison))"}}"#, ["a:b": request], under: effect)
      }
      for prefix in ["", "ForAnyValue:", "ForAllValues:"] {
        let name = prefix + comparison.rawValue
        // No Allow comes of it; a Deny is neither avoided by a negation nor by the claim that there is no value.
        #expect(try !holds(name, .allow), "\(name) \(request)")
        #expect(try !holds(name + "IfExists", .allow), "\(name) \(request)")
        #expect(try holds(name, .deny) == comparison.isNegated, "\(name) \(request)")
        #expect(try holds(name + "IfExists", .deny), "\(name) \(request)")
      }
    }
  }

  @Test(
    arguments: [
      (#""true""#, nil, true), (#""true""#, .string(""), false), (#""false""#, nil, false),
      (#""false""#, .string("x"), true), ("false", .bool(false), true), (#""true""#, .strings([]), true),
      (#"["true","false"]"#, nil, true), (#"["true","false"]"#, .integer(0), true), (#""TRUE""#, .instant(0), false),
    ] as [(String, ConditionValue?, Bool)])
  func presence(values: String, request: ConditionValue?, expected: Bool) throws {
    for prefix in ["", "ForAnyValue:", "ForAllValues:"] {
      for effect in [PolicyStatement.Effect.allow, .deny] {
        let condition = #"{"\#(prefix)Null":{"a:b":\#(values)}}"#
        #expect(
          try ConditionCheck.holds(condition, request.map { ["a:b": $0] } ?? [:], under: effect) == expected,
          "\(condition)")
      }
    }
  }
}
