// Small models for the tests, with an overlay for some of them.

import SmithyCodegen

/// A model written as JSON shapes in the namespace `test`, around a service called `Weather`.
struct Fixture {
  /// The JSON members of the AST's `shapes`.
  var shapes: String
  /// The JSON of the service's traits.
  var serviceTraits = """
    {"aws.protocols#awsJson1_1": {}, "aws.api#service": {"sdkId": "Weather Report"}, "aws.auth#sigv4": {"name": "weather"}}
    """
  var operations = ["GetForecast"]
  /// The JSON of the overlay.
  var overlay = "{}"

  func model() throws -> SmithyModel {
    let targets = operations.map { #"{"target": "test#\#($0)"}"# }.joined(separator: ", ")
    let text = """
      {"smithy": "2.0", "shapes": {
        "test#Weather": {"type": "service", "version": "1", "operations": [\(targets)], "traits": \(serviceTraits)},
        \(shapes)
      }}
      """
    return try SmithyModel(parsing: Array(text.utf8), named: "weather.json")
  }

  func resolved() throws -> ResolvedService {
    try Resolver.resolve(model(), overlay: Overlay(parsing: Array(overlay.utf8), named: "overlay.json"))
  }

  /// One operation with an input of the given members, and no output.
  static func input(members: String, shapes: String = "") -> Fixture {
    Fixture(
      shapes: """
        "test#GetForecast": {"type": "operation", "input": {"target": "test#ForecastRequest"}},
        "test#ForecastRequest": {"type": "structure", "members": {\(members)}}\(shapes.isEmpty ? "" : ",")
        \(shapes)
        """)
  }

  /// Something of every kind: nested structures, lists, maps, enum, constraints, errors.
  static let forecast = Fixture(
    shapes: """
      "test#GetForecast": {
        "type": "operation",
        "input": {"target": "test#ForecastRequest"},
        "output": {"target": "test#ForecastResponse"},
        "errors": [{"target": "test#NoSuchPlaceException"}, {"target": "test#ThrottlingException"}]
      },
      "test#ForecastRequest": {"type": "structure", "members": {
        "Days": {"target": "test#Days"},
        "PlaceId": {"target": "test#PlaceId", "traits": {"smithy.api#required": {}}},
        "Units": {"target": "test#Units"},
        "Observers": {"target": "test#ObserverList"},
        "Key": {"target": "test#Secret"}
      }},
      "test#ForecastResponse": {"type": "structure", "members": {
        "Skies": {"target": "test#SkyList"},
        "At": {"target": "smithy.api#Timestamp", "traits": {"smithy.api#timestampFormat": "date-time"}},
        "Stations": {"target": "test#StationMap"}
      }},
      "test#Days": {"type": "integer", "traits": {"smithy.api#range": {"min": 1, "max": 14}}},
      "test#PlaceId": {"type": "string", "traits": {
        "smithy.api#length": {"min": 1, "max": 64}, "smithy.api#pattern": "^[a-z\\\\d]+$"
      }},
      "test#Units": {"type": "enum", "members": {
        "METRIC": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "METRIC_SI"}},
        "IMPERIAL": {"target": "smithy.api#Unit"}
      }},
      "test#ObserverList": {"type": "list", "member": {"target": "test#Observer"}, "traits": {"smithy.api#length": {"max": 2}}},
      "test#Observer": {"type": "structure", "members": {
        "Name": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}},
        "Codes": {"target": "test#CodeList"}
      }},
      "test#CodeList": {"type": "list", "member": {"target": "test#PlaceId"}},
      "test#Secret": {"type": "blob", "traits": {"smithy.api#sensitive": {}}},
      "test#SkyList": {"type": "list", "member": {"target": "test#Sky"}},
      "test#Sky": {"type": "structure", "members": {"Cover": {"target": "smithy.api#Double"}}},
      "test#StationMap": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "test#Sky"}},
      "test#NoSuchPlaceException": {"type": "structure", "members": {"message": {"target": "smithy.api#String"}},
        "traits": {"smithy.api#error": "client"}},
      "test#ThrottlingException": {"type": "structure", "members": {"Message": {"target": "smithy.api#String"}},
        "traits": {"smithy.api#error": "server", "smithy.api#httpError": 503}}
      """,
    overlay: """
      {"names": {"acronyms": ["ID"]},
       "alwaysPresent": {"ForecastResponse": ["Skies"]},
       "documentation": {"operations": {"GetForecast": "Tells the weather."}, "members": {"PlaceId": "Where."}}}
      """)
}
