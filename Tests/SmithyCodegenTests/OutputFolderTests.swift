// Comparing a folder with what should be in it, and making it so.

import Foundation
import SmithyCodegen
import Testing

@Suite struct OutputFolderTests {
  private let files = [
    GeneratedFile(path: "A.swift", text: "a\n"), GeneratedFile(path: "Inner/B.swift", text: "b\n"),
  ]

  /// Runs `body` with a path that nothing is at yet, and removes what it left there.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "generated-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test func writesWhatIsMissing() throws {
    try withFolder { path in
      let folder = OutputFolder(path: path)
      #expect(
        folder.differences(from: files) == [.missing("\(path)/A.swift"), .missing("\(path)/Inner/B.swift")])
      try folder.write(files)
      #expect(folder.differences(from: files) == [])
      #expect(FileManager.default.contents(atPath: "\(path)/Inner/B.swift") == Data("b\n".utf8))
    }
  }

  @Test func noticesAndRepairsChanges() throws {
    try withFolder { path in
      let folder = OutputFolder(path: path)
      try folder.write(files)
      try Data("x".utf8).write(to: URL(filePath: "\(path)/A.swift"))
      try Data("c".utf8).write(to: URL(filePath: "\(path)/Inner/C.swift"))
      #expect(folder.differences(from: files) == [.changed("\(path)/A.swift"), .stale("\(path)/Inner/C.swift")])
      try folder.write(files)
      #expect(folder.differences(from: files) == [])
    }
  }

  @Test func leavesFilesThatAreNoSwiftAlone() throws {
    try withFolder { path in
      let folder = OutputFolder(path: path)
      try folder.write(files)
      try Data("note".utf8).write(to: URL(filePath: "\(path)/README.md"))
      #expect(folder.differences(from: files) == [])
      try folder.write(files)
      #expect(FileManager.default.fileExists(atPath: "\(path)/README.md"))
    }
  }
}
