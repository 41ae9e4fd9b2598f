// The order-keeping JSON value.

import SmithyCodegen
import Testing

@Suite struct JSONNodeTests {
  @Test func keepsTheOrderOfMembers() throws {
    let node = try JSONNode(parsing: Array(#"{"b": 1, "a": [true, null, "x"], "c": {}}"#.utf8), named: "test")
    #expect(
      node
        == .object([
          .init("b", .number(1)), .init("a", .array([.bool(true), .null, .string("x")])), .init("c", .object([])),
        ]))
  }

  @Test func findsMembersByName() throws {
    let node = try JSONNode(parsing: Array(#"{"a": 1.5, "b": 7, "b": 8}"#.utf8), named: "test")
    #expect(node["b"]?.integer == 8)
    #expect(node["a"]?.integer == nil)
    #expect(node["c"] == nil)
    #expect(JSONNode.string("b")["b"] == nil)
  }

  @Test(arguments: ["", "{", "[1,]", "{} {}", #"{"a" 1}"#])
  func refusesWhatIsNotJSON(text: String) {
    #expect { try JSONNode(parsing: Array(text.utf8), named: "kms.json") } throws: { error in
      (error as? ParseError)?.description.hasPrefix("kms.json: not valid JSON") == true
    }
  }
}
