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
