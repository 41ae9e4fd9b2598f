// Several kinds of generated files in one folder, and folders that would spoil each other.

import SmithyCodegen
import Testing

@Suite struct OutputPlanTests {
  private let type = GeneratedFile(path: "Structures/Sky.swift", text: "a\n")
  private let client = GeneratedFile(path: "WeatherClient.swift", text: "b\n")

  @Test("Files for one folder are kept together, however its path is written")
  func sharedFolder() throws {
    var plan = OutputPlan()
    plan.add([type], to: "Sources/Weather")
    plan.add([client], to: "./Sources//Weather/")
    let folders = try plan.folders()
    #expect(folders.map(\.folder.path) == ["Sources/Weather"])
    #expect(folders.first?.files == [type, client])
  }

  @Test("A folder inside another is refused: the outer one would lose its files", arguments: ["Sources", "."])
  func nestedFolders(outer: String) {
    var plan = OutputPlan()
    plan.add([type], to: outer)
    plan.add([client], to: "Sources/Client")
    #expect(
      throws: Refusal("Sources/Client", "is inside \(outer); generated files need folders that are the same or apart")
    ) { try plan.folders() }
  }

  @Test("Folders whose names begin alike are apart")
  func foldersApart() throws {
    var plan = OutputPlan()
    plan.add([type], to: "/tmp/Weather")
    plan.add([client], to: "/tmp/WeatherClient")
    #expect(try plan.folders().map(\.folder.path) == ["/tmp/Weather", "/tmp/WeatherClient"])
  }

  @Test("Two files of one name are refused, for a module cannot have them")
  func sharedNames() {
    var plan = OutputPlan()
    plan.add([type, GeneratedFile(path: "Enums/Sky.swift", text: "")], to: "Weather")
    #expect(throws: Refusal("Weather/Sky.swift", "would be written twice; name one of the shapes in the overlay")) {
      try plan.folders()
    }
  }
}
