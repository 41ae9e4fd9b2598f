// The rule language around the functions, and rule sets that are not what they should be.

import AWSJSON
import Foundation
import Testing

@testable import AWSClient

@Suite("Endpoint rule sets")
struct EndpointRuleSetTests {
  /// A rule set with all kinds of rules, values and declarations.
  static let everything = #"""
    {
      "version": "1.0",
      "parameters": {
        "Region": {"type": "string", "required": true, "builtIn": "AWS::Region"},
        "Stage": {"type": "String", "default": "prod"},
        "Names": {"type": "stringArray", "default": ["a", "b"]},
        "IsOpen": {"type": "boolean", "required": true, "default": false},
        "Endpoint": {"type": "string"}
      },
      "rules": [
        {
          "conditions": [{"fn": "isSet", "argv": [{"ref": "Endpoint"}]}],
          "type": "tree",
          "rules": [
            {
              "conditions": [{"fn": "parseURL", "argv": [{"ref": "Endpoint"}], "assign": "url"}],
              "type": "endpoint",
              "endpoint": {"url": "{url#scheme}://{Stage}.{url#authority}{url#normalizedPath}"}
            },
            {"conditions": [], "type": "error", "error": "'{Endpoint}' is not a URL"}
          ]
        },
        {
          "conditions": [
            {"fn": "booleanEquals", "argv": [{"ref": "IsOpen"}, true]},
            {"fn": "getAttr", "argv": [{"ref": "Names"}, "[1]"], "assign": "second"}
          ],
          "type": "endpoint",
          "endpoint": {
            "url": {"fn": "coalesce", "argv": [{"ref": "Endpoint"}, "https://{second}.example"]},
            "properties": {
              "authSchemes": [{"name": "sigv4", "signingRegion": "{Region}", "disableDoubleEncoding": true}],
              "count": 2
            },
            "headers": {"x-region": ["{Region}", {"ref": "second"}]}
          }
        },
        {
          "conditions": [
            {"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "partition"},
            {"fn": "stringEquals", "argv": [{"fn": "getAttr", "argv": [{"ref": "partition"}, "name"]}, "aws"]}
          ],
          "type": "endpoint",
          "endpoint": {"url": "https://{Stage}.{partition#dnsSuffix}", "properties": {}, "headers": {}}
        }
      ]
    }
    """#

  private func endpoint(
    _ rules: String, _ parameters: [String: EndpointValue] = [:]
  ) throws(EndpointRuleError) -> ResolvedEndpoint {
    try EndpointRuleSet(json: rules).endpoint(for: parameters, partitions: Partitions.published.get())
  }

  @Test("conditions, variables, defaults, properties and headers")
  func language() throws {
    #expect(
      try endpoint(Self.everything, ["Region": "eu-west-1"]) == ResolvedEndpoint(url: "https://prod.amazonaws.com"))
    #expect(
      try endpoint(Self.everything, ["Region": "eu-west-1", "Stage": "beta", "Endpoint": "http://h:1/x", "Other": 1])
        == ResolvedEndpoint(url: "http://beta.h:1/x/"))
    #expect(
      try endpoint(Self.everything, ["Region": "eu-west-1", "IsOpen": true])
        == ResolvedEndpoint(
          url: "https://b.example",
          properties: [
            "authSchemes": [["name": "sigv4", "signingRegion": "eu-west-1", "disableDoubleEncoding": true]],
            "count": 2,
          ],
          headers: ["x-region": ["eu-west-1", "b"]]))
  }

  @Test("an element that is not there fails its condition")
  func unsetCondition() throws {
    let parameters: [String: EndpointValue] = ["Region": "eu-west-1", "IsOpen": true, "Names": ["only"]]
    #expect(try endpoint(Self.everything, parameters).url == "https://prod.amazonaws.com")
  }

  @Test(
    "refusals and parameters that do not fit",
    arguments: [
      (["Region": "eu-west-1", "Endpoint": "nowhere"], .refused("'nowhere' is not a URL")),
      (
        ["Region": "cn-north-1"], .refused("no rule of the service gives an endpoint for this configuration")
      ),
      ([:], .invalidParameter("the endpoint parameter Region is required")),
      (["Region": true], .invalidParameter("the endpoint parameter Region is not a string")),
      (["Region": "r", "IsOpen": "true"], .invalidParameter("the endpoint parameter IsOpen is not a boolean")),
      (["Region": "r", "Names": ["a", 1]], .invalidParameter("the endpoint parameter Names is not a stringArray")),
    ] as [([String: EndpointValue], EndpointRuleError)])
  func refusals(parameters: [String: EndpointValue], expected: EndpointRuleError) {
    #expect(throws: expected) { try endpoint(Self.everything, parameters) }
  }

  @Test("a tree whose rules all fail is the end: later rules are not tried")
  func treesAreFinal() {
    let never = #"{"conditions": [{"fn": "not", "argv": [true]}], "type": "error", "error": "no"}"#
    let rules = #"{"type": "tree", "conditions": [], "rules": [\#(never)]}, {"type": "error", "error": "later"}"#
    #expect(throws: EndpointRuleError.refused("no rule of the service gives an endpoint for this configuration")) {
      try endpoint(Self.ruleSet(rules))
    }
  }

  @Test("variables end with their rule, and a name is assigned once")
  func scopes() throws {
    let assigning = #"{"fn": "uriEncode", "argv": ["x"], "assign": "v"}"#
    let failing = #"{"fn": "not", "argv": [true]}"#
    let fail = #"{"conditions": [\#(assigning), \#(failing)], "type": "error", "error": "no"}"#
    let use = #"{"conditions": [], "type": "error", "error": "{v}"}"#
    let assignAgain = #"{"conditions": [\#(assigning)], "type": "error", "error": "{v}"}"#
    let twice = #"{"conditions": [\#(assigning), \#(assigning)], "type": "error", "error": "{v}"}"#
    #expect(throws: EndpointRuleError.invalidRules("there is no value 'v'")) {
      try endpoint(Self.ruleSet(fail + "," + use))
    }
    #expect(throws: EndpointRuleError.refused("x")) { try endpoint(Self.ruleSet(fail + "," + assignAgain)) }
    #expect(throws: EndpointRuleError.invalidRules("'v' is assigned twice")) { try endpoint(Self.ruleSet(twice)) }
  }

  @Test("texts cannot grow without end")
  func growth() {
    let doubling = (1...60).map {
      #"{"fn": "coalesce", "argv": ["{v\#($0 - 1)}{v\#($0 - 1)}", ""], "assign": "v\#($0)"}"#
    }
    let first = #"{"fn": "uriEncode", "argv": ["x"], "assign": "v0"}"#
    let conditions = ([first] + doubling).joined(separator: ",")
    #expect(throws: EndpointRuleError.invalidRules("a text gets too long")) {
      try endpoint(Self.ruleSet(#"{"conditions": [\#(conditions)], "type": "error", "error": "x"}"#))
    }
  }

  private static func ruleSet(_ rules: String) -> String {
    #"{"version": "1.0", "parameters": {}, "rules": [\#(rules)]}"#
  }

  // MARK: What is no rule set

  @Test(
    "a text that is no rule set gives an error that says why",
    arguments: [
      "", "{", "null", "[]", "{}", "7", #"{"version": "1.0"}"#, #"{"version": "1.0", "parameters": {}}"#,
      #"{"version": "2.0", "parameters": {}, "rules": []}"#, #"{"version": 1, "parameters": {}, "rules": []}"#,
      #"{"version": "1.0", "parameters": {}, "rules": {}}"#, #"{"version": "1.0", "parameters": [], "rules": []}"#,
      #"{"version": "1.0", "parameters": {}, "rules": []} x"#,
      #"{"version": "1.0", "parameters": {"A": {"type": "number"}}, "rules": []}"#,
      #"{"version": "1.0", "parameters": {"A": {"type": "string", "default": true}}, "rules": []}"#,
      #"{"version": "1.0", "parameters": {"A": {"type": "string", "default": null}}, "rules": []}"#,
      #"{"version": "1.0", "parameters": {"A": {"type": "string", "required": "yes"}}, "rules": []}"#,
      ruleSet("1"), ruleSet("{}"), ruleSet(#"{"type": "loop"}"#), ruleSet(#"{"type": "error"}"#),
      ruleSet(#"{"type": "error", "error": "{"}"#), ruleSet(#"{"type": "error", "error": ["x"]}"#),
      ruleSet(#"{"type": "endpoint", "endpoint": {}}"#), ruleSet(#"{"type": "endpoint", "endpoint": "https://h"}"#),
      ruleSet(#"{"type": "endpoint", "endpoint": {"url": "https://h", "headers": {"a": "b"}}}"#),
      ruleSet(#"{"type": "endpoint", "endpoint": {"url": "https://h", "properties": {"a": null}}}"#),
      ruleSet(#"{"type": "tree"}"#), ruleSet(#"{"type": "error", "conditions": {}, "error": "x"}"#),
      ruleSet(#"{"type": "error", "conditions": [{"ref": "A"}], "error": "x"}"#),
      ruleSet(#"{"type": "error", "conditions": [{"fn": "isSet"}], "error": "x"}"#),
      ruleSet(#"{"type": "error", "conditions": [{"fn": "isSet", "argv": []}], "error": "x"}"#),
      ruleSet(#"{"type": "error", "conditions": [{"fn": "isSet", "argv": ["a"], "assign": 1}], "error": "x"}"#),
      ruleSet(#"{"type": "error", "conditions": [{"fn": "getAttr", "argv": ["a"]}], "error": "x"}"#),
      String(repeating: "[", count: 100_000), String(repeating: #"{"rules":"#, count: 10_000),
    ])
  func malformed(text: String) {
    #expect {
      try endpoint(text, ["A": "a"])
    } throws: { error in
      guard case .invalidRules(let reason)? = error as? EndpointRuleError else { return false }
      return !reason.isEmpty
    }
  }

  @Test("a function that is not known is an error wherever it stands")
  func unknownFunction() {
    let rules = #"{"type": "error", "error": "x"}, {"type": "error", "error": {"fn": "aws.magic", "argv": []}}"#
    #expect(throws: EndpointRuleError.invalidRules("the function 'aws.magic' is not known")) {
      try endpoint(Self.ruleSet(rules))
    }
  }

  @Test("as deep as S3's rules is not too deep, deeper than any stack is")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      let call = String(repeating: #"{"fn": "uriEncode", "argv": ["#, count: depth)
      let end = String(repeating: "]}", count: depth)
      return Self.ruleSet(#"{"type": "endpoint", "endpoint": {"url": \#(call)"x"\#(end)}}"#)
    }
    #expect(try endpoint(nested(62)).url == "x")
    #expect(throws: EndpointRuleError.self) { try endpoint(nested(63)) }
    #expect(throws: EndpointRuleError.self) { try endpoint(nested(50_000)) }
  }

  @Test(
    "no part of a rule set may be anything it likes",
    arguments: [.null, .string("{"), .array([]), .object([:])] as [JSONValue])
  func mutations(replacement: JSONValue) throws {
    let original = try PublishedEndpoints.readJSON(Data(Self.everything.utf8))
    let all = Self.mutations(of: original, replacement)
    #expect(all.count > 100)
    var failures = 0
    for mutated in all {
      var writer = JSONWriter()
      writer.document(mutated)
      let rules = EndpointRuleSet(json: String(decoding: writer.finish(), as: UTF8.self))
      for parameters in [["Region": "eu-west-1"], ["Region": "eu-west-1", "IsOpen": true]] as [[String: EndpointValue]]
      {
        do { _ = try rules.endpoint(for: parameters, partitions: Partitions.published.get()) } catch { failures += 1 }
      }
    }
    #expect(failures > all.count / 2)
  }

  /// `value` with each of its parts, one at a time, replaced.
  private static func mutations(of value: JSONValue, _ replacement: JSONValue) -> [JSONValue] {
    switch value {
    case .object(let members):
      return [replacement]
        + members.flatMap { name, member in
          mutations(of: member, replacement).map { .object(members.merging([name: $0]) { $1 }) }
        }
    case .array(let elements):
      return [replacement]
        + elements.indices.flatMap { index in
          mutations(of: elements[index], replacement).map { mutated in
            var copy = elements
            copy[index] = mutated
            return .array(copy)
          }
        }
    default: return [replacement]
    }
  }

  @Test("a rule set cut off anywhere is an error")
  func truncation() {
    let text = Array(Self.everything.utf8)
    for length in stride(from: 0, to: text.count - 1, by: 41) {
      #expect(throws: EndpointRuleError.self) {
        try endpoint(String(decoding: text[..<length], as: UTF8.self), ["Region": "eu-west-1"])
      }
    }
  }
}
