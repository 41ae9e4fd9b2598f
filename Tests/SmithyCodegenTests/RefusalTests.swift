// Models and overlays that no correct code can be made for.

import SmithyCodegen
import Testing

@Suite struct RefusalTests {
  private func refusal(of fixture: Fixture) -> String? {
    do {
      _ = try fixture.resolved()
      return nil
    } catch let refusal as Refusal {
      return refusal.description
    } catch {
      return "not a refusal: \(error)"
    }
  }

  @Test(arguments: [
    (
      #""test#T": {"type": "blob", "traits": {"smithy.api#streaming": {}}}"#,
      "ForecastRequest$M: is a streaming T; operations here take and answer whole JSON bodies"
    ),
    (
      #""test#T": {"type": "union", "members": {"A": {"target": "smithy.api#String"}}, "#
        + #""traits": {"smithy.api#streaming": {}}}"#,
      "ForecastRequest$M: is the event stream test#T; operations here have one answer, which comes as a whole"
    ),
    (
      #""test#T": {"type": "union", "members": {"A_B": {"target": "smithy.api#String"}, "#
        + #""A-B": {"target": "smithy.api#String"}}}"#,
      "T: has two members whose Swift name is aB; name one of them in the overlay"
    ),
    (
      #""test#T": {"type": "timestamp", "traits": {"smithy.api#timestampFormat": "julian"}}"#,
      "ForecastRequest$M: has the unknown timestamp format julian"
    ),
    (
      #""test#T": {"type": "map", "key": {"target": "test#K"}, "value": {"target": "smithy.api#String"}}, "#
        + #""test#K": {"type": "string", "traits": {"smithy.api#sensitive": {}}}"#,
      "ForecastRequest$M: is a map whose keys are no plain strings"
    ),
    (
      #""test#T": {"type": "enum", "members": {"A_B": {"target": "smithy.api#Unit"}, "A-B": {"target": "smithy.api#Unit"}}}"#,
      "test#T: has two values whose Swift name is aB; name one of them in the overlay"
    ),
    (
      #""test#T": {"type": "structure", "members": {"A": {"target": "smithy.api#Blob", "#
        + #""traits": {"smithy.api#default": "%"}}}}"#,
      "T$A: has a default that is no value of its type"
    ),
    (
      #""test#T": {"type": "structure", "members": {"A": {"target": "smithy.api#Integer", "#
        + #""traits": {"smithy.api#default": 0.5}}}}"#,
      "T$A: has a default that is no value of its type"
    ),
    (
      #""test#T": {"type": "structure", "members": {"A": {"target": "test#Missing"}}}"#,
      "test#Missing: is referred to but not in the model"
    ),
    (#""test#T": {"type": "operation"}"#, "ForecastRequest$M: refers to test#T, which holds no data"),
  ])
  func refusesShapes(shapes: String, message: String) {
    #expect(refusal(of: .input(members: #""M": {"target": "test#T"}"#, shapes: shapes)) == message)
  }

  @Test(arguments: [
    (#"{"aws.protocols#restJson1": {}}"#, "speaks neither awsJson1_0 nor awsJson1_1, the protocols supported"),
    ("{}", "speaks neither awsJson1_0 nor awsJson1_1, the protocols supported"),
  ])
  func refusesOtherProtocols(traits: String, message: String) {
    var fixture = Fixture(shapes: #""test#GetForecast": {"type": "operation"}"#)
    fixture.serviceTraits = traits
    #expect(refusal(of: fixture) == "test#Weather: \(message)")
  }

  @Test func acceptsBothVersionsOfAWSJSON() {
    for version in ["1_0", "1_1"] {
      var fixture = Fixture(shapes: #""test#GetForecast": {"type": "operation"}"#)
      fixture.serviceTraits = #"{"aws.protocols#awsJson\#(version)": {}}"#
      #expect(refusal(of: fixture) == nil)
    }
  }

  @Test func refusesAnythingButOneService() throws {
    let second = Fixture(
      shapes: """
        "test#GetForecast": {"type": "operation"}, "test#Other": {"type": "service", "version": "1"}
        """)
    #expect(refusal(of: second) == "the model: has 2 services; exactly one is needed")
    #expect(throws: Refusal("the model", "has 0 services; exactly one is needed")) {
      try Resolver.resolve(SmithyModel([]), overlay: Overlay())
    }
  }

  @Test func refusesErrorsThatAreNone() {
    let notAnError = Fixture(
      shapes: """
        "test#GetForecast": {"type": "operation", "errors": [{"target": "test#E"}]},
        "test#E": {"type": "structure", "members": {}}
        """)
    #expect(refusal(of: notAnError) == "test#E: is listed as an error but is none")
    let withTwoOfAName = Fixture(
      shapes: """
        "test#GetForecast": {"type": "operation", "errors": [{"target": "test#E"}]},
        "test#E": {"type": "structure", "traits": {"smithy.api#error": "client"},
          "members": {"A_B": {"target": "smithy.api#String"}, "A-B": {"target": "smithy.api#Integer"}}}
        """)
    #expect(
      refusal(of: withTwoOfAName) == "E: has two members whose Swift name is aB; name one of them in the overlay")
  }

  @Test(arguments: [
    ("x.{M}.", "GetForecastInput: has the host prefix x.{M}., whose M is no label among its members"),
    ("{Place", "GetForecastInput: has the host prefix {Place, whose Place is no label among its members"),
    ("x/{Place}.", "GetForecastInput: has the host prefix x/{Place}., which no host name can begin with"),
  ])
  func refusesHostPrefixesThatAreNone(prefix: String, message: String) {
    let fixture = Fixture(
      shapes: """
        "test#GetForecast": {"type": "operation", "input": {"target": "test#ForecastRequest"},
          "traits": {"smithy.api#endpoint": {"hostPrefix": "\(prefix)"}}},
        "test#ForecastRequest": {"type": "structure", "members": {
          "M": {"target": "smithy.api#String"},
          "Place": {"target": "smithy.api#String", "traits": {"smithy.api#hostLabel": {}}}}}
        """)
    #expect(refusal(of: fixture) == message)
  }

  @Test func refusesResourcesThatAreNone() throws {
    let text = """
      {"smithy": "2.0", "shapes": {"test#Weather": {"type": "service", "version": "1",
        "resources": [{"target": "test#R"}], "traits": {"aws.protocols#awsJson1_1": {}}},
        "test#R": {"type": "string"}}}
      """
    let model = try SmithyModel(parsing: Array(text.utf8), named: "weather.json")
    #expect(throws: Refusal("test#R", "is listed as a resource but is none")) {
      try Resolver.resolve(model, overlay: Overlay())
    }
  }

  @Test func refusesTypesOfTheSameName() {
    let fixture = Fixture.input(
      members: #""M": {"target": "test#GetForecastOutput"}"#,
      shapes: #""test#GetForecastOutput": {"type": "structure", "members": {}}"#)
    #expect(
      refusal(of: fixture)
        == "GetForecastOutput: would be the Swift name of two types; name one of their shapes in the overlay")
  }

  @Test(arguments: [
    (#"{"documentation": {"operations": {"GetWeather": "x"}}}"#, "documentation.operations", "GetWeather"),
    (#"{"documentation": {"members": {"PlaceID": "x"}}}"#, "documentation.members", "PlaceID"),
    (#"{"documentation": {"memberOverrides": {"Sky$Clouds": "x"}}}"#, "documentation.memberOverrides", "Sky$Clouds"),
    (#"{"alwaysPresent": {"Sky": ["Clouds"]}}"#, "alwaysPresent", "Sky$Clouds"),
    (#"{"names": {"types": {"Skies": "Sky"}}}"#, "names.types", "Skies"),
    (#"{"corrections": {"sensitive": ["Sky$Clouds"]}}"#, "corrections.sensitive", "Sky$Clouds"),
  ])
  func refusesStaleOverlayEntries(overlay: String, entry: String, name: String) {
    var fixture = Fixture.forecast
    fixture.overlay = overlay
    #expect(refusal(of: fixture) == "overlay \(entry): speaks of \(name), which the model does not have")
  }

  @Test func refusesAlwaysPresentMembersInRequests() {
    var fixture = Fixture.forecast
    fixture.overlay = #"{"alwaysPresent": {"Observer": ["Name"]}}"#
    #expect(
      refusal(of: fixture)
        == "Observer: has members that are always present according to the overlay, but callers send it too")
  }

  @Test func refusesChoicesBetweenRequiredMembers() {
    var fixture = Fixture.forecast
    fixture.overlay = """
      {"exactlyOneOf": [{"type": "T", "label": "l", "documentation": "d", "structures": ["ForecastRequest"],
        "members": ["Days", "PlaceId"]}]}
      """
    #expect(
      refusal(of: fixture) == "ForecastRequest$PlaceId: is in an exactly-one-of group but is no optional member")
  }

  @Test func refusesFlagsForWhatNoFlagCanCarry() throws {
    let fixture = Fixture.input(
      members: #""M": {"target": "test#Rows"}"#,
      shapes: """
        "test#Rows": {"type": "list", "member": {"target": "test#Row"}},
        "test#Row": {"type": "list", "member": {"target": "smithy.api#String"}}
        """)
    let service = try fixture.resolved()
    #expect(throws: Refusal("GetForecastInput$M", "cannot be given as a flag")) {
      try CommandTranslator(service).files()
    }
  }
}
