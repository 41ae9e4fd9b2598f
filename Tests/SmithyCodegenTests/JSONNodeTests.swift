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

  @Test(
    "Whole numbers of 64 bits are exact", arguments: [9_007_199_254_740_993, .max, .min, 1 << 60, 0, -7] as [Int64])
  func integersAreExact(integer: Int64) throws {
    let node = try JSONNode(parsing: Array("\(integer)".utf8), named: "test")
    #expect(node.integer == Int(integer))
    #expect(node.number == Double(integer))
  }

  @Test(arguments: ["", "{", "[1,]", "{} {}", #"{"a" 1}"#])
  func refusesWhatIsNotJSON(text: String) {
    #expect { try JSONNode(parsing: Array(text.utf8), named: "kms.json") } throws: { error in
      (error as? ParseError)?.description.hasPrefix("kms.json: not valid JSON") == true
    }
  }
}
