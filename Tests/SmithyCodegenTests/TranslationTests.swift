// From resolved types to declarations.

@testable import SmithyCodegen
import Testing

@Suite struct TranslationTests {
  /// The type called `name` in the files of the model module.
  private func type(_ name: String, in fixture: Fixture = .forecast) throws -> TypeDeclaration {
    let types = ModelTranslator(try fixture.resolved()).files().flatMap(\.declarations).compactMap { declaration in
      if case .type(let type) = declaration { type } else { nil }
    }
    return try #require(types.first { $0.name == name })
  }

  private func functions(_ type: TypeDeclaration) -> [FunctionDeclaration] {
    type.members.compactMap { if case .function(let function) = $0 { function } else { nil } }
  }

  private func properties(_ type: TypeDeclaration) -> [PropertyDeclaration] {
    type.members.compactMap { if case .property(let property) = $0 { property } else { nil } }
  }

  @Test func initializersTakeRequiredMembersFirst() throws {
    let initializer = try #require(functions(try type("GetForecastInput")).first { $0.name == "init" })
    #expect(initializer.parameters.map(\.name) == ["placeID", "days", "units", "observers", "key"])
    #expect(initializer.parameters.map(\.type) == ["String", "Int?", "Units?", "[Observer]?", "SecretBytes?"])
    #expect(initializer.parameters.map(\.defaultValue) == [nil, "nil", "nil", "nil", "nil"])
  }

  @Test func propertiesKeepTheOrderOfTheModel() throws {
    #expect(properties(try type("GetForecastInput")).map(\.name) == ["days", "placeID", "units", "observers", "key"])
    #expect(properties(try type("GetForecastOutput")).map(\.type) == ["[Sky]", "Date?", "[String: Sky]?"])
  }

  @Test func onlyWhatRequestsHoldIsChecked() throws {
    func checks(_ name: String) throws -> [String] {
      let decode = try #require(functions(try type(name)).first { $0.name == "decode" })
      return decode.body.compactMap { statement in
        if case .expression(_, .call(let call)) = statement, call.callee.hasPrefix("validation.") {
          call.callee
        } else {
          nil
        }
      }
    }
    #expect(
      try checks("GetForecastInput") == [
        "validation.checkRange", "validation.checkLength", "validation.checkPattern", "validation.checkEnumeration",
        "validation.checkLength", "validation.arrange",
      ])
    #expect(try checks("GetForecastOutput") == [])
  }

  @Test func modeledErrorsTakeThePlaceOfSharedOnes() throws {
    let cases = try type("GetForecastError").members.compactMap { member in
      if case .enumCase(let enumCase) = member { enumCase } else { nil }
    }
    #expect(cases.prefix(2).map(\.associated) == [["NoSuchPlaceException"], ["ThrottlingException"]])
    #expect(cases.filter { $0.name == "throttling" }.count == 1)
    #expect(
      cases.suffix(6).map(\.name) == ["transport", "timeout", "decoding", "credentials", "cancelled", "unmodeled"])
  }

  @Test func answersWithoutAShapeHaveNoBody() throws {
    let bare = Fixture(shapes: #""test#GetForecast": {"type": "operation"}"#)
    #expect(properties(try type("GetForecastOutput", in: bare)).map(\.name) == ["hasBody"])
    #expect(properties(try type("GetForecastOutput")).allSatisfy { $0.name != "hasBody" })
  }

  @Test func filesAreNamedAfterWhatIsInThem() throws {
    #expect(
      ModelTranslator(try Fixture.forecast.resolved()).files().map(\.path) == [
        "Operations/GetForecast.swift", "Structures/Observer.swift", "Structures/Sky.swift", "Enums/Units.swift",
        "Errors/NoSuchPlaceException.swift", "Errors/ThrottlingException.swift", "WeatherReportOperation.swift",
        "ShapePatterns.swift",
      ])
  }

  @Test func filesImportOnlyWhatTheirTypesNeed() throws {
    let files = ModelTranslator(try Fixture.forecast.resolved()).files()
    let imports = Dictionary(files.map { ($0.path, Set($0.imports.map(\.module))) }) { first, _ in first }
    #expect(imports["Operations/GetForecast.swift"] == ["AWSJSON", "SecureMemory", "Foundation"])
    #expect(imports["Structures/Sky.swift"] == ["AWSJSON"])
    #expect(imports["Errors/NoSuchPlaceException.swift"] == ["AWSJSON"])
  }
}
