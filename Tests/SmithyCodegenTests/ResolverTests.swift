// From shapes to resolved types, and what is refused on the way.

@testable import SmithyCodegen
import Testing

@Suite struct ResolverTests {
  @Test func resolvesAService() throws {
    let service = try Fixture.forecast.resolved()
    #expect(service.name == "Weather")
    #expect(service.swiftName == "WeatherReport")
    #expect(service.operations.map(\.name) == ["GetForecast"])
    #expect(service.structures.map(\.swiftName) == ["Observer", "Sky"])
    #expect(service.enumerations.map(\.swiftName) == ["Units"])
    #expect(service.errors.map(\.name) == ["NoSuchPlaceException", "ThrottlingException"])
    #expect(service.errors.map(\.statusCode) == [400, 503])
    #expect(service.patterns == [ResolvedPattern(swiftName: "placeID", pattern: #"^[a-z\d]+$"#)])
  }

  @Test func resolvesAnOperation() throws {
    let operation = try #require(try Fixture.forecast.resolved().operations.first)
    #expect(operation.methodName == "getForecast")
    #expect(operation.documentation == "Tells the weather.")
    #expect(operation.hasOutputShape)
    #expect(operation.errors.map(\.caseName) == ["noSuchPlace", "throttling"])
    #expect(operation.input.swiftName == "GetForecastInput")
    #expect(operation.input.members.map(\.swiftName) == ["days", "placeID", "units", "observers", "key"])
    #expect(operation.input.members.map(\.pathName) == ["days", "placeId", "units", "observers", "key"])
    #expect(operation.input.members.map(\.isRequired) == [false, true, false, false, false])
    #expect(operation.output.members.map(\.isRequired) == [true, false, false])
    #expect(operation.input.members.map(\.documentation)[1] == "Where.")
    #expect(operation.input.isInput)
    #expect(!operation.output.isInput)
  }

  @Test func resolvesValuesWithTheirConstraints() throws {
    let members = try #require(try Fixture.forecast.resolved().operations.first).input.members
    #expect(
      members.map(\.value) == [
        ResolvedValue(.integer(bits: 32), constraints: [.range(.init(min: 1, max: 14))]),
        ResolvedValue(.string, constraints: [.length(.init(min: 1, max: 64)), .pattern("placeID")]),
        ResolvedValue(.enumeration("Units"), constraints: [.enumeration]),
        ResolvedValue(
          .list(ResolvedValue(.structure("Observer")), isSparse: false), constraints: [.length(.init(max: 2))]),
        ResolvedValue(.blob, isSensitive: true),
      ])
  }

  @Test func tellsWhatRequestsHoldFromWhatOnlyAnswersHold() throws {
    let structures = try Fixture.forecast.resolved().structures
    #expect(structures.map(\.isInput) == [true, false])
  }

  @Test func operationsWithoutShapesGetEmptyStructures() throws {
    let service = try Fixture(shapes: #""test#GetForecast": {"type": "operation"}"#).resolved()
    let operation = try #require(service.operations.first)
    #expect(operation.input.members.isEmpty)
    #expect(operation.output.members.isEmpty)
    #expect(!operation.hasOutputShape)
  }

  @Test func structuresMayHoldThemselvesThroughAList() throws {
    let service = try Fixture.input(
      members: #""Tree": {"target": "test#Tree"}"#,
      shapes: """
        "test#Tree": {"type": "structure", "members": {"Children": {"target": "test#Trees"}}},
        "test#Trees": {"type": "list", "member": {"target": "test#Tree"}}
        """
    ).resolved()
    #expect(service.structures.map(\.swiftName) == ["Tree"])
    #expect(service.structures.flatMap(\.members).map(\.isIndirect) == [false])
  }

  @Test func structuresThatHoldThemselvesAreBoxedWhereTheyDo() throws {
    let service = try Fixture.input(
      members: #""A": {"target": "test#A"}"#,
      shapes: """
        "test#A": {"type": "structure", "members": {"A": {"target": "test#A"}, "B": {"target": "test#B"},
          "C": {"target": "test#C"}, "U": {"target": "test#U"}}},
        "test#B": {"type": "structure", "members": {"A": {"target": "test#A"}}},
        "test#C": {"type": "structure", "members": {"Name": {"target": "smithy.api#String"}}},
        "test#U": {"type": "union", "members": {"A": {"target": "test#A"}}}
        """
    ).resolved()
    #expect(service.structures.map { $0.members.map(\.isIndirect) } == [[true, true, false, false], [true], [false]])
    #expect(service.unions.map(\.isIndirect) == [true])
    #expect(service.operations.first?.input.members.map(\.isIndirect) == [false])
  }

  @Test func unionsAreOnlyBoxedWhereTheyHoldThemselves() throws {
    let service = try Fixture.input(
      members: #""U": {"target": "test#U"}"#,
      shapes: """
        "test#U": {"type": "union", "members": {"Text": {"target": "smithy.api#String"}, "Nothing": {"target": "smithy.api#Unit"},
          "unknown": {"target": "test#List"}}},
        "test#List": {"type": "list", "member": {"target": "test#U"}}
        """
    ).resolved()
    let union = try #require(service.unions.first)
    #expect(!union.isIndirect)
    #expect(union.isInput)
    #expect(union.members.map(\.swiftName) == ["text", "nothing", "unknownValue"])
    #expect(
      union.members.map(\.value) == [
        ResolvedValue(.string), nil, ResolvedValue(.list(ResolvedValue(.union("U")), isSparse: false)),
      ])
    #expect(service.structures.isEmpty)
  }

  @Test func operationsOfResourcesAreTheServicesToo() throws {
    let text = """
      {"smithy": "2.0", "shapes": {
        "test#Weather": {"type": "service", "version": "1", "operations": [{"target": "test#B"}],
          "resources": [{"target": "test#R"}], "traits": {"aws.protocols#awsJson1_1": {}}},
        "test#R": {"type": "resource", "create": {"target": "test#A"}, "operations": [{"target": "test#B"}],
          "resources": [{"target": "test#Inner"}]},
        "test#Inner": {"type": "resource", "collectionOperations": [{"target": "test#C"}],
          "resources": [{"target": "test#R"}]},
        "test#A": {"type": "operation"}, "test#B": {"type": "operation"}, "test#C": {"type": "operation"}
      }}
      """
    let service = try Resolver.resolve(
      SmithyModel(parsing: Array(text.utf8), named: "weather.json"), overlay: Overlay())
    #expect(service.operations.map(\.name) == ["A", "B", "C"])
  }

  /// One operation whose input and output both hold the structure `Sky`, and have the same members.
  private func membersWithDefaults(overlay: String = "{}") throws -> (input: [Bool], output: ResolvedStructure) {
    let members = """
      "Sky": {"target": "smithy.api#String", "traits": {"smithy.api#default": "blue"}},
      "Null": {"target": "smithy.api#String", "traits": {"smithy.api#default": null}},
      "Later": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 1, "smithy.api#addedDefault": {}}},
      "Optional": {"target": "smithy.api#Boolean",
        "traits": {"smithy.api#default": false, "smithy.api#clientOptional": {}}},
      "Required": {"target": "smithy.api#Double", "traits": {"smithy.api#required": {}}},
      "Both": {"target": "smithy.api#Document", "traits": {"smithy.api#required": {}, "smithy.api#default": []}}
      """
    var fixture = Fixture(
      shapes: """
        "test#GetForecast": {"type": "operation", "input": {"target": "test#In"}, "output": {"target": "test#Out"}},
        "test#In": {"type": "structure", "members": {\(members)}},
        "test#Out": {"type": "structure", "members": {\(members)}}
        """)
    fixture.overlay = overlay
    let operation = try #require(try fixture.resolved().operations.first)
    #expect(operation.input.members.allSatisfy { $0.defaultValue == nil && $0.correction == nil })
    return (operation.input.members.map(\.isRequired), operation.output)
  }

  @Test func defaultsCountEverywhereButInAnOperationsOwnInput() throws {
    let (input, output) = try membersWithDefaults()
    #expect(input == [false, false, false, false, true, true])
    #expect(output.members.map(\.isRequired) == [true, false, true, false, true, true])
    #expect(
      output.members.map(\.defaultValue)
        == [.text("blue"), nil, .integer(1), nil, nil, .document(.array([]))])
    #expect(output.members.allSatisfy { $0.correction == nil })
  }

  @Test func errorCorrectionIsAChoice() throws {
    let (_, output) = try membersWithDefaults(overlay: #"{"errorCorrection": "all"}"#)
    #expect(output.members.map(\.correction) == [nil, nil, nil, nil, .number(0), nil])
    let (_, cautious) = try membersWithDefaults(overlay: #"{"errorCorrection": "flags"}"#)
    #expect(cautious.members.map(\.correction) == [nil, nil, nil, nil, nil, nil])
    let values: [ResolvedValue] = [
      .init(.boolean), .init(.enumeration("Kind")), .init(.string), .init(.blob), .init(.timestamp(.epochSeconds)),
      .init(.structure("Thing")), .init(.list(.init(.string), isSparse: false)),
    ]
    #expect(values.map { $0.correction(.flags) } == [.boolean(false), .unlistedText(""), nil, nil, nil, nil, nil])
  }

  @Test func defaultsByType() throws {
    let values: [(type: String, json: String, value: ResolvedDefault)] = [
      ("smithy.api#String", #""a""#, .text("a")), ("smithy.api#Boolean", "true", .boolean(true)),
      ("smithy.api#Byte", "7", .integer(7)), ("smithy.api#BigInteger", "7", .integer(7)),
      ("smithy.api#Long", "9007199254740993", .integer(9_007_199_254_740_993)),
      ("smithy.api#Float", "1.5", .number(1.5)), ("smithy.api#Timestamp", "2.5", .seconds(2.5)),
      ("smithy.api#Timestamp", #""1970-01-01T00:00:10Z""#, .seconds(10)),
      ("smithy.api#Blob", #""YWJj""#, .bytes([97, 98, 99])), ("test#L", "[]", .emptyList), ("test#M", "{}", .emptyMap),
      ("test#E", #""B""#, .enumeration("b")), ("test#E", #""C""#, .unlistedText("C")),
      ("test#I", "2", .enumeration("two")), ("test#I", "3", .unlistedInteger(3)),
    ]
    let members = values.enumerated().map {
      #""M\#($0)": {"target": "\#($1.type)", "traits": {"smithy.api#default": \#($1.json)}}"#
    }
    let service = try Fixture.input(
      members: #""S": {"target": "test#S"}"#,
      shapes: """
        "test#S": {"type": "structure", "members": {\(members.joined(separator: ", "))}},
        "test#L": {"type": "list", "member": {"target": "smithy.api#String"}},
        "test#M": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "smithy.api#String"}},
        "test#E": {"type": "enum", "members": {"B": {"target": "smithy.api#Unit"}}},
        "test#I": {"type": "intEnum", "members": {
          "TWO": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 2}}}}
        """
    ).resolved()
    #expect(service.structures.first?.members.map(\.defaultValue) == values.map(\.value))
  }

  @Test func valuesOfEnumsWithoutANameOfTheirOwnHaveTheModels() throws {
    let service = try Fixture.input(
      members: #""E": {"target": "test#E"}"#,
      shapes: """
        "test#E": {"type": "enum", "members": {
          "ANY": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "*"}},
          "ONE": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "1"}},
          "A_PLUS": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "a+"}},
          "A_MINUS": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "a-"}},
          "UNKNOWN": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "unknown"}},
          "BIG": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "large"}}}}
        """
    ).resolved()
    #expect(
      service.enumerations.first?.cases.map(\.swiftName) == ["any", "one", "aPlus", "aMinus", "unknownValue", "large"])
  }

  @Test func errorsKeepTheirCasesApart() throws {
    let service = try Fixture(
      shapes: """
        "test#GetForecast": {"type": "operation", "errors": [{"target": "test#LimitError"},
          {"target": "test#LimitException"}, {"target": "test#TimeoutException"}, {"target": "test#Gone"}]},
        "test#LimitError": {"type": "structure", "traits": {"smithy.api#error": "client"}},
        "test#LimitException": {"type": "structure", "traits": {"smithy.api#error": "client",
          "smithy.api#retryable": {"throttling": true}}},
        "test#TimeoutException": {"type": "structure", "traits": {"smithy.api#error": "server",
          "smithy.api#retryable": {}}},
        "test#Gone": {"type": "structure", "traits": {"smithy.api#error": "client"}, "members": {
          "Message": {"target": "smithy.api#String"},
          "Code": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}},
          "Until": {"target": "smithy.api#Timestamp"}}}
        """
    ).resolved()
    let errors = try #require(service.operations.first).errors
    #expect(errors.map(\.caseName) == ["limitError", "limitException", "timeoutException", "gone"])
    #expect(errors.map(\.retryability) == [nil, .throttling, .transient, nil])
    #expect(errors.last?.members.map(\.swiftName) == ["codeValue", "until"])
    #expect(errors.last?.members.map(\.isRequired) == [false, false])
  }

  @Test(arguments: [
    ("date-time", ResolvedValue.TimestampFormat.dateTime), ("http-date", .httpDate), ("epoch-seconds", .epochSeconds),
  ])
  func timestampFormats(name: String, format: ResolvedValue.TimestampFormat) throws {
    let service = try Fixture.input(
      members: #""At": {"target": "smithy.api#Timestamp", "traits": {"smithy.api#timestampFormat": "\#(name)"}}"#
    ).resolved()
    #expect(service.operations.first?.input.members.first?.value == ResolvedValue(.timestamp(format)))
  }

  @Test func membersOverrideTheTraitsOfTheirTargets() throws {
    let service = try Fixture.input(
      members: #""Name": {"target": "test#Name", "traits": {"smithy.api#pattern": "^b$"}}"#,
      shapes: #""test#Name": {"type": "string", "traits": {"smithy.api#pattern": "^a$"}}"#
    ).resolved()
    #expect(service.patterns == [ResolvedPattern(swiftName: "forecastRequestName", pattern: "^b$")])
  }

  @Test func correctsSensitivity() throws {
    var fixture = Fixture.input(
      members: #""A": {"target": "test#Secret"}, "B": {"target": "smithy.api#String"}"#,
      shapes: #""test#Secret": {"type": "blob", "traits": {"smithy.api#sensitive": {}}}"#)
    fixture.overlay = """
      {"corrections": {"notSensitive": ["ForecastRequest$A"], "sensitive": ["ForecastRequest$B"]}}
      """
    let members = try fixture.resolved().operations.first?.input.members
    #expect(members?.map(\.value.isSensitive) == [false, true])
  }
}
