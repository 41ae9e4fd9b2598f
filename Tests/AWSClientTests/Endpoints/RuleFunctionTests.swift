// The rule language's functions, each by a table.

import AWSJSON
import Foundation
import Testing

@testable import AWSClient

/// Evaluates `call`, written as in a rule set, where `values` are known.
func evaluate(_ call: String, _ values: [String: EndpointValue?] = [:]) throws -> EndpointValue? {
  var scope = RuleScope(partitions: try Partitions.published.get())
  for (name, value) in values { try scope.declare(name, value) }
  return try scope.value(of: RuleExpression(PublishedEndpoints.readJSON(Data(call.utf8))))
}

@Suite("Functions of endpoint rules")
struct RuleFunctionTests {
  /// What the tables' calls refer to.
  static let values: [String: EndpointValue?] = [
    "Unset": nil, "Text": "text", "Empty": "", "No": false, "Yes": true,
    "List": ["a", "b"], "Record": ["name": "n", "list": ["x", ["inner": "i"]]],
  ]

  @Test(
    "values",
    arguments: [
      // Whether something is there.
      (#"{"fn": "isSet", "argv": [{"ref": "Text"}]}"#, true),
      (#"{"fn": "isSet", "argv": [{"ref": "Empty"}]}"#, true),
      (#"{"fn": "isSet", "argv": [{"ref": "No"}]}"#, true),
      (#"{"fn": "isSet", "argv": [{"ref": "Unset"}]}"#, false),
      (#"{"fn": "not", "argv": [{"ref": "No"}]}"#, true),
      (#"{"fn": "not", "argv": [{"fn": "isSet", "argv": [{"ref": "Text"}]}]}"#, false),
      (#"{"fn": "coalesce", "argv": [{"ref": "Unset"}, {"ref": "Text"}]}"#, "text"),
      (#"{"fn": "coalesce", "argv": [{"ref": "Empty"}, {"ref": "Text"}]}"#, ""),
      (#"{"fn": "coalesce", "argv": [{"ref": "Unset"}, {"ref": "Unset"}, 3]}"#, 3),
      (#"{"fn": "coalesce", "argv": [{"ref": "Unset"}, {"ref": "Unset"}]}"#, nil),
      (#"{"fn": "ite", "argv": [{"ref": "Yes"}, "-fips", ""]}"#, "-fips"),
      (#"{"fn": "ite", "argv": [{"ref": "No"}, "-fips", ""]}"#, ""),
      (#"{"fn": "ite", "argv": [true, {"ref": "Unset"}, "b"]}"#, nil),
      // Equality.
      (#"{"fn": "stringEquals", "argv": [{"ref": "Text"}, "text"]}"#, true),
      (#"{"fn": "stringEquals", "argv": ["{Text}", "Text"]}"#, false),
      (#"{"fn": "stringEquals", "argv": ["\u00e9", "e\u0301"]}"#, false),
      (#"{"fn": "booleanEquals", "argv": [{"ref": "Yes"}, true]}"#, true),
      (#"{"fn": "booleanEquals", "argv": [{"ref": "Yes"}, false]}"#, false),
      // Attributes.
      (#"{"fn": "getAttr", "argv": [{"ref": "Record"}, "name"]}"#, "n"),
      (#"{"fn": "getAttr", "argv": [{"ref": "Record"}, "list[0]"]}"#, "x"),
      (#"{"fn": "getAttr", "argv": [{"ref": "Record"}, "list[1].inner"]}"#, "i"),
      (#"{"fn": "getAttr", "argv": [{"ref": "Record"}, "list[2]"]}"#, nil),
      (#"{"fn": "getAttr", "argv": [{"ref": "List"}, "[1]"]}"#, "b"),
      (#"{"fn": "getAttr", "argv": [{"ref": "List"}, "[-1]"]}"#, "b"),
      (#"{"fn": "getAttr", "argv": [{"ref": "List"}, "[-3]"]}"#, nil),
      (#"{"fn": "getAttr", "argv": [{"ref": "List"}, "[9223372036854775807]"]}"#, nil),
      (#"{"fn": "getAttr", "argv": [{"ref": "List"}, "[-9223372036854775808]"]}"#, nil),
      // Parts of texts.
      (#"{"fn": "substring", "argv": ["abcdef", 0, 3, false]}"#, "abc"),
      (#"{"fn": "substring", "argv": ["abcdef", 0, 3, true]}"#, "def"),
      (#"{"fn": "substring", "argv": ["abcdef", 1, 4, true]}"#, "cde"),
      (#"{"fn": "substring", "argv": ["abcdef", 0, 6, false]}"#, "abcdef"),
      (#"{"fn": "substring", "argv": ["abcdef", 0, 7, false]}"#, nil),
      (#"{"fn": "substring", "argv": ["abcdef", 3, 3, false]}"#, nil),
      (#"{"fn": "substring", "argv": ["abcdef", 4, 3, false]}"#, nil),
      (#"{"fn": "substring", "argv": ["abcdef", -1, 3, true]}"#, nil),
      (#"{"fn": "substring", "argv": ["\u00e9bc", 0, 2, false]}"#, nil),
      (#"{"fn": "split", "argv": ["a--b--c", "--", 0]}"#, ["a", "b", "c"]),
      (#"{"fn": "split", "argv": ["a--b--c", "--", 1]}"#, ["a--b--c"]),
      (#"{"fn": "split", "argv": ["a--b--c", "--", 2]}"#, ["a", "b--c"]),
      (#"{"fn": "split", "argv": ["--b--", "--", 0]}"#, ["", "b", ""]),
      (#"{"fn": "split", "argv": ["a---b", "--", 0]}"#, ["a", "-b"]),
      (#"{"fn": "split", "argv": ["abc", "x", 0]}"#, ["abc"]),
      (#"{"fn": "split", "argv": ["", "x", 0]}"#, [""]),
      (#"{"fn": "uriEncode", "argv": ["aZ09-._~"]}"#, "aZ09-._~"),
      (#"{"fn": "uriEncode", "argv": ["a b/c%:\u00e9"]}"#, "a%20b%2Fc%25%3A%C3%A9"),
    ] as [(String, EndpointValue?)])
  func values(call: String, expected: EndpointValue?) throws {
    #expect(try evaluate(call, Self.values) == expected)
  }

  @Test(
    "arguments of the wrong kind are errors",
    arguments: [
      #"{"fn": "not", "argv": ["true"]}"#, #"{"fn": "not", "argv": [{"ref": "Unset"}]}"#,
      #"{"fn": "booleanEquals", "argv": ["true", true]}"#, #"{"fn": "stringEquals", "argv": ["a", true]}"#,
      #"{"fn": "stringEquals", "argv": [{"ref": "Unset"}, "a"]}"#, #"{"fn": "isSet", "argv": [{"ref": "Unknown"}]}"#,
      #"{"fn": "ite", "argv": ["true", 1, 2]}"#, #"{"fn": "split", "argv": ["a", "", 0]}"#,
      #"{"fn": "split", "argv": ["a", "-", -1]}"#, #"{"fn": "substring", "argv": ["a", "0", 1, false]}"#,
      #"{"fn": "uriEncode", "argv": [1]}"#, #"{"fn": "getAttr", "argv": [{"ref": "Text"}, "name"]}"#,
      #"{"fn": "getAttr", "argv": [{"ref": "Text"}, "[0]"]}"#, #"{"fn": "getAttr", "argv": [{"ref": "Record"}, "no"]}"#,
      #"{"fn": "getAttr", "argv": [{"ref": "Unset"}, "name"]}"#, #"{"fn": "getAttr", "argv": [{"ref": "List"}, ""]}"#,
      #"{"fn": "getAttr", "argv": [{"ref": "List"}, "[0"]}"#, #"{"fn": "getAttr", "argv": [{"ref": "List"}, "[]"]}"#,
      #"{"fn": "getAttr", "argv": [{"ref": "List"}, "[0]x"]}"#,
      #"{"fn": "getAttr", "argv": [{"ref": "List"}, "a..b"]}"#,
      #"{"fn": "getAttr", "argv": [{"ref": "List"}, "[99999999999999999999]"]}"#,
      #"{"fn": "getAttr", "argv": [{"ref": "Record"}, {"ref": "Text"}]}"#, #"{"fn": "aws.partition", "argv": [1]}"#,
      #""{Unknown}""#, #""{Unset}""#, #""{Yes}""#, #""{List#[2]}""#, #""{Record#no}""#, #""{Text#name}""#,
    ])
  func mismatches(call: String) {
    #expect {
      try evaluate(call, Self.values)
    } throws: { error in
      guard case .invalidRules(let text)? = error as? EndpointRuleError else { return false }
      return !text.isEmpty
    }
  }

  @Test("each function wants its number of arguments", arguments: RuleFunction.allCases)
  func argumentCounts(function: RuleFunction) {
    let accepted = (0...5).filter { count in
      let arguments = Array(repeating: "0", count: count).joined(separator: ",")
      let call = #"{"fn": "\#(function.rawValue)", "argv": [\#(arguments)]}"#
      return (try? RuleExpression(PublishedEndpoints.readJSON(Data(call.utf8)))) != nil
    }
    #expect(accepted == (0...5).filter(function.takes))
    #expect(!accepted.isEmpty && accepted.first != 0)
  }

  @Test(
    "templates",
    arguments: [
      ("", ""), ("plain", "plain"), ("{Text}", "text"), ("a{Text}b{Text}", "atextbtext"), ("{Record#name}.x", "n.x"),
      ("{List#[1]}", "b"), ("{Record#list[0]}", "x"), ("{{Text}}", "{Text}"), ("{{{Text}}}", "{text}"),
    ])
  func templates(template: String, expected: String) throws {
    #expect(try evaluate("\"\(template)\"", Self.values) == .string(expected))
  }

  @Test(
    "templates with loose braces are errors", arguments: ["{", "}", "{Text", "Text}", "{}", "{#a}", "{a{b}", "{{}"])
  func malformedTemplates(template: String) {
    #expect(throws: EndpointRuleError.self) { try RuleTemplate(parsing: template) }
  }
}

extension EndpointValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral text: String) { self = .string(text) }
  init(booleanLiteral boolean: Bool) { self = .boolean(boolean) }
  init(integerLiteral integer: Int) { self = .integer(integer) }
  init(arrayLiteral elements: EndpointValue...) { self = .array(elements) }
  init(dictionaryLiteral members: (String, EndpointValue)...) {
    self = .record(Dictionary(members) { $1 })
  }
}
