// From the JSON AST to typed shapes.

import SmithyCodegen
import Testing

@Suite struct ModelParsingTests {
  private func id(_ name: String) throws -> ShapeID { try #require(ShapeID("test#\(name)")) }

  @Test func readsEveryKindOfShape() throws {
    let model = try Fixture.forecast.model()
    let request = try #require(model.shapes[try id("ForecastRequest")])
    guard case .structure(let members) = request.kind else {
      Issue.record("ForecastRequest is a structure")
      return
    }
    #expect(members.map(\.name) == ["Days", "PlaceId", "Units", "Observers", "Key"])
    #expect(members.map(\.traits.isRequired) == [false, true, false, false, false])

    let place = try #require(model.shapes[try id("PlaceId")])
    #expect(place.kind == .simple(.string))
    #expect(place.traits.length == Traits.Bounds(min: 1, max: 64))
    #expect(place.traits.pattern == #"^[a-z\d]+$"#)

    #expect(
      model.shapes[try id("Units")]?.kind
        == .enumeration([.init(name: "METRIC", value: "METRIC_SI"), .init(name: "IMPERIAL", value: "IMPERIAL")]))
    #expect(model.shapes[try id("Days")]?.traits.range == Traits.Range(min: 1, max: 14))
    #expect(model.shapes[try id("Secret")]?.traits.isSensitive == true)
    #expect(model.shapes[try id("ThrottlingException")]?.traits.httpError == 503)
    #expect(
      model.shapes[try id("GetForecast")]?.kind
        == .operation(
          .init(
            input: try id("ForecastRequest"), output: try id("ForecastResponse"),
            errors: [try id("NoSuchPlaceException"), try id("ThrottlingException")])))
  }

  @Test func readsUnionsEnumsResourcesAndDocuments() throws {
    let model = try Fixture(
      shapes: """
        "test#U": {"type": "union", "members": {"A": {"target": "smithy.api#String"}}},
        "test#I": {"type": "intEnum", "members": {"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}}}},
        "test#S": {"type": "string", "traits": {"smithy.api#enum": [{"value": "*", "name": "ALL"}, {"value": "one"}]}},
        "test#R": {"type": "resource", "read": {"target": "test#A"}, "list": {"target": "test#B"},
          "operations": [{"target": "test#C"}], "collectionOperations": [{"target": "test#D"}],
          "resources": [{"target": "test#Inner"}]},
        "test#D": {"type": "document"}
        """
    ).model()
    let kinds = try ["U", "I", "S", "R", "D"].map { model.shapes[try id($0)]?.kind }
    let member = Shape.Member(name: "A", target: try #require(ShapeID("smithy.api#String")))
    #expect(
      kinds == [
        .union([member]), .intEnumeration([.init(name: "A", value: 1)]),
        .enumeration([.init(name: "ALL", value: "*"), .init(name: "one", value: "one")]),
        .resource(.init(operations: try ["A", "B", "C", "D"].map(id), resources: [try id("Inner")])),
        .simple(.document),
      ])
  }

  @Test func mixinsGiveMembersAndTraitsOn() throws {
    let model = try Fixture(
      shapes: """
        "test#S": {"type": "structure", "mixins": [{"target": "test#B"}],
          "members": {"Own": {"target": "smithy.api#String"}}, "traits": {"smithy.api#title": "S"}},
        "test#B": {"type": "structure", "mixins": [{"target": "test#A"}],
          "members": {"Second": {"target": "smithy.api#Integer"}},
          "traits": {"smithy.api#mixin": {"localTraits": ["smithy.api#since"]}, "smithy.api#since": "1",
            "smithy.api#deprecated": {}}},
        "test#A": {"type": "structure", "members": {
          "First": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}},
          "traits": {"smithy.api#mixin": {}, "smithy.api#title": "A"}},
        "test#S$First": {"type": "apply", "traits": {"smithy.api#sensitive": {}}},
        "test#S$Own": {"type": "apply", "traits": {"smithy.api#internal": {}}}
        """
    ).model()
    let shape = try #require(model.shapes[try id("S")])
    guard case .structure(let members) = shape.kind else {
      Issue.record("S is a structure")
      return
    }
    #expect(members.map(\.name) == ["First", "Second", "Own"])
    #expect(members.map(\.traits.isRequired) == [true, false, false])
    #expect(members.map(\.traits.isSensitive) == [true, false, false])
    #expect(members.map { $0.traits.has("smithy.api#internal") } == [false, false, true])
    #expect(shape.traits["smithy.api#title"] == .string("S"))
    #expect(shape.traits.isDeprecated)
    #expect(!shape.traits.has("smithy.api#since"))
    #expect(!shape.traits.has("smithy.api#mixin"))
  }

  @Test(arguments: [
    (#"{"shapes": {}}"#, "m: has no \"smithy\""),
    (#"{"smithy": "1.0", "shapes": {}}"#, "m: is Smithy 1.0; only Smithy 2 is supported"),
    (#"{"smithy": "2.0"}"#, "m: has no \"shapes\""),
    (#"{"smithy": "2.0", "shapes": {"A": {"type": "string"}}}"#, "m.shapes.A: is not an absolute shape id"),
    (#"{"smithy": "2.0", "shapes": {"a#A": {}}}"#, "m.shapes.a#A: has no \"type\""),
    (#"{"smithy": "2.0", "shapes": {"a#A": {"type": "tuple"}}}"#, "m.shapes.a#A: has the unknown type tuple"),
    (#"{"smithy": "2.0", "shapes": {"a#A": {"type": "list"}}}"#, "m.shapes.a#A: has no \"member\""),
    (
      #"{"smithy": "2.0", "shapes": {"a#A": {"type": "list", "member": {"target": "B"}}}}"#,
      "m.shapes.a#A.member.target: is not a shape id"
    ),
    (
      #"{"smithy": "2.0", "shapes": {"a#A": {"type": "structure", "mixins": [{"target": "a#M"}]}}}"#,
      "m: has a#A use the mixin a#M, which it does not have"
    ),
    (
      #"{"smithy": "2.0", "shapes": {"a#A": {"type": "structure", "mixins": [{"target": "a#A"}]}}}"#,
      "m: has the mixin a#A, which uses itself"
    ),
    (
      #"{"smithy": "2.0", "shapes": {"a#A$b": {"type": "apply", "traits": {}}}}"#,
      "m: applies traits to a#A$b, which it does not have"
    ),
    (
      #"{"smithy": "2.0", "shapes": {"a#A": {"type": "intEnum", "members": {"A": {"target": "smithy.api#Unit"}}}}}"#,
      "m.shapes.a#A.members.A: has no \"traits\""
    ),
    (#"{"smithy": "2.0", "shapes": []}"#, "m.shapes: is not an object"),
  ])
  func saysWhereSomethingIsWrong(text: String, message: String) {
    #expect { try SmithyModel(parsing: Array(text.utf8), named: "m") } throws: { error in
      (error as? ParseError)?.description == message
    }
  }
}
