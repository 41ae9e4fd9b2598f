// Keys with several values, blocks with several keys, and statements with several blocks.

import Testing

@testable import KMSAccess

@Suite struct ConditionSetTests {
  @Test(arguments: [
    // One of the request's values, or all of them.
    ("ForAnyValue:StringEquals", #"["a","b"]"#, ["a", "x"], true, true),
    ("ForAnyValue:StringEquals", #"["a","b"]"#, ["x", "y"], false, false),
    ("ForAllValues:StringEquals", #"["a","b"]"#, ["a", "b", "a"], true, true),
    ("ForAllValues:StringEquals", #"["a","b"]"#, ["a", "x"], false, false),
    // Negated: one of them that is none of the policy's, or all of them.
    ("ForAnyValue:StringNotEquals", #"["a","b"]"#, ["a", "x"], true, true),
    ("ForAnyValue:StringNotEquals", #"["a","b"]"#, ["a", "b"], false, false),
    ("ForAllValues:StringNotEquals", #"["a","b"]"#, ["x", "y"], true, true),
    ("ForAllValues:StringNotEquals", #"["a","b"]"#, ["a", "x"], false, false),
    ("ForAnyValue:NumericLessThan", #""10""#, ["50", "5"], true, true),
    ("ForAllValues:NumericLessThan", #""10""#, ["50", "5"], false, false),
    // Values that cannot be compared.
    ("ForAnyValue:NumericLessThan", #""10""#, ["many", "5"], true, true),
    ("ForAllValues:NumericLessThan", #""10""#, ["many", "5"], false, false),
    ("ForAllValues:NumericLessThanIfExists", #""10""#, ["many", "5"], false, true),
    ("ForAnyValue:NumericNotEquals", #""5""#, ["many", "5"], false, true),
    ("ForAllValues:NumericNotEquals", #""10""#, ["many", "5"], false, true),
    ("ForAllValues:NumericNotEquals", #""5""#, ["many", "5"], false, false),
    // Without a set operator: an Allow takes all, a Deny one.
    ("StringEquals", #"["a","b"]"#, ["a", "b"], true, true), ("StringEquals", #""a""#, ["a", "x"], false, true),
    ("StringEquals", #""a""#, ["x", "y"], false, false), ("StringEqualsIfExists", #""a""#, ["a", "x"], false, true),
    ("StringNotEquals", #""a""#, ["a", "x"], false, true), ("StringNotEquals", #""a""#, ["x", "y"], true, true),
    ("StringNotEquals", #""a""#, ["a", "a"], false, false), ("StringLike", #""a*""#, ["ab", "ac"], true, true),
    ("Bool", #""true""#, ["true", "false"], false, true),
    ("IpAddress", #""10.0.0.0/8""#, ["10.0.0.1", "x"], false, true),
    ("StringEquals", #""a""#, ["a"], true, true), ("StringNotEquals", #""a""#, ["a"], false, false),
  ])
  func severalValues(name: String, values: String, request: [String], allows: Bool, denies: Bool) throws {
    for key in ["kms:EncryptionContextKeys", "kms:GrantOperations"] {
      let condition = #"{"\#(name)":{"\#(key)":\#(values)}}"#
      let texts = [key: ConditionValue.strings(request)]
      #expect(try ConditionCheck.holds(condition, texts, under: .allow) == allows, "\(condition)")
      #expect(try ConditionCheck.holds(condition, texts, under: .deny) == denies, "\(condition)")
    }
  }

  /// A request chooses how many values it has, and a policy how many they are compared with: the product is bounded. No
  /// Allow comes of what is not compared, and no Deny is avoided by it.
  @Test(arguments: [
    // Fifty tag keys, as long as KMS lets them be.
    (["a"], true), (Array(repeating: "a" + String(repeating: "\u{1F511}", count: 127), count: 50), true),
    (Array(repeating: "a", count: 504), true), (Array(repeating: "a", count: 505), false),
    ([String(repeating: "a", count: 16_384)], true), ([String(repeating: "a", count: 16_385)], false),
    (Array(repeating: String(repeating: "a", count: 16_320), count: 2), true),
    (Array(repeating: String(repeating: "a", count: 16_321), count: 2), false),
  ])
  func manyValues(request: [String], isCompared: Bool) throws {
    for qualifier in ["ForAnyValue:", "ForAllValues:", ""] {
      for (name, holds) in [("StringLike", true), ("StringNotLike", false)] {
        for suffix in ["", "IfExists"] {
          let condition = #"{"\#(qualifier)\#(name)\#(suffix)":{"kms:EncryptionContextKeys":"a*"}}"#
          let values = ["kms:EncryptionContextKeys": ConditionValue.strings(request)]
          #expect(try ConditionCheck.holds(condition, values, under: .allow) == (isCompared && holds))
          #expect(try ConditionCheck.holds(condition, values, under: .deny) == (!isCompared || holds))
        }
      }
    }
    let values = ["kms:EncryptionContextKeys": ConditionValue.strings(request)]
    #expect(try ConditionCheck.holds(#"{"Null":{"kms:EncryptionContextKeys":"false"}}"#, values))
  }

  @Test func keysOfAnEncryptionContextThatDifferInCase() throws {
    let condition = #"{"StringEquals":{"kms:EncryptionContext:Team":"blue"}}"#
    let values = ["kms:EncryptionContext:team": ConditionValue.strings(["blue", "red"])]
    #expect(try !ConditionCheck.holds(condition, values, under: .allow))
    #expect(try ConditionCheck.holds(condition, values, under: .deny))
  }

  @Test(arguments: [
    ("{}", true), (#"{"StringEquals":{}}"#, true), (#"{"StringEquals":{"a:a":"1","a:b":"2"}}"#, true),
    (#"{"StringEquals":{"a:a":"1","a:b":"1"}}"#, false), (#"{"StringEquals":{"a:a":["1","2"],"a:b":["1","2"]}}"#, true),
    (#"{"StringEquals":{"a:a":"1"},"StringLike":{"a:b":"?"}}"#, true),
    (#"{"StringEquals":{"a:a":"1"},"StringNotLike":{"a:b":"?"}}"#, false),
    (#"{"StringEquals":{"a:a":"1"},"Null":{"a:c":"true"}}"#, true),
    (#"{"StringEquals":{"a:a":"1"},"StringNotEquals":{"a:a":["2","1"]}}"#, false),
    (#"{"StringEquals":{"A:A":"1"}}"#, true),
  ])
  func blocksAndKeysMustAllHold(condition: String, expected: Bool) throws {
    let values: [String: ConditionValue] = ["a:a": .string("1"), "a:B": .string("2")]
    for effect in [PolicyStatement.Effect.allow, .deny] {
      #expect(try ConditionCheck.holds(condition, values, under: effect) == expected, "\(condition)")
    }
  }
}
