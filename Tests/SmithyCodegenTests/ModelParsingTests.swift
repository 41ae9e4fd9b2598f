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

    #expect(model.shapes[try id("Units")]?.kind == .enumeration(["METRIC_SI", "IMPERIAL"]))
    #expect(model.shapes[try id("Days")]?.traits.range == Traits.Bounds(min: 1, max: 14))
    #expect(model.shapes[try id("Secret")]?.traits.isSensitive == true)
    #expect(model.shapes[try id("ThrottlingException")]?.traits.httpError == 503)
    #expect(
      model.shapes[try id("GetForecast")]?.kind
        == .operation(
          .init(
            input: try id("ForecastRequest"), output: try id("ForecastResponse"),
            errors: [try id("NoSuchPlaceException"), try id("ThrottlingException")])))
  }

  @Test func readsKindsThatAreRefusedLater() throws {
    let model = try Fixture(
      shapes: """
        "test#U": {"type": "union", "members": {"A": {"target": "smithy.api#String"}}},
        "test#I": {"type": "intEnum", "members": {"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}}}},
        "test#R": {"type": "resource"},
        "test#D": {"type": "document"}
        """
    ).model()
    let kinds = try ["U", "I", "R", "D"].map { model.shapes[try id($0)]?.kind }
    let member = Shape.Member(name: "A", target: try #require(ShapeID("smithy.api#String")))
    #expect(kinds == [.union([member]), .intEnumeration, .resource, .simple(.document)])
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
      #"{"smithy": "2.0", "shapes": {"a#A": {"type": "structure", "members": {}, "mixins": []}}}"#,
      "m.shapes.a#A: uses mixins; flatten the model first (smithy ast --flatten)"
    ),
    (#"{"smithy": "2.0", "shapes": []}"#, "m.shapes: is not an object"),
  ])
  func saysWhereSomethingIsWrong(text: String, message: String) {
    #expect { try SmithyModel(parsing: Array(text.utf8), named: "m") } throws: { error in
      (error as? ParseError)?.description == message
    }
  }
}
