// Who has access to what an operator wrote.

import Dispatch
import Foundation
import KMSService
import Testing

@Suite struct OperatorFileTests {
  private static func path() -> String {
    FileManager.default.temporaryDirectory.appending(path: "keywright test-\(UUID().uuidString)")
      .path(percentEncoded: false)
  }

  @Test(arguments: [
    (0o600, false, false), (0o400, false, false), (0o700, false, false), (0o611, false, false), (0o644, true, false),
    (0o640, true, false), (0o604, true, false), (0o660, true, true), (0o606, true, true), (0o620, false, true),
    (0o602, false, true), (0o777, true, true),
  ])
  func modes(mode: Int, isReadable: Bool, isWritable: Bool) throws {
    let path = Self.path()
    defer { unlink(path) }
    let content = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })
    try content.write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    let file = try OperatorFile(path: path)
    #expect(file.content == content)
    #expect(file.isReadableByOthers == isReadable)
    #expect(file.isWritableByOthers == isWritable)
    #expect(file.mode == String(mode, radix: 8))
  }

  @Test func anEmptyFile() throws {
    let path = Self.path()
    defer { unlink(path) }
    try Data().write(to: URL(filePath: path))
    #expect(try OperatorFile(path: path).content.isEmpty)
  }

  @Test(.timeLimit(.minutes(1))) func aPipeHasNoPermissions() throws {
    let path = Self.path()
    defer { unlink(path) }
    try #require(mkfifo(path, 0o600) == 0)
    try #require(chmod(path, 0o666) == 0)
    // Opening either end waits for the other.
    DispatchQueue.global().async {
      let end = FileHandle(forWritingAtPath: path)
      for part in ["one ", "two"] { try? end?.write(contentsOf: Data(part.utf8)) }
      try? end?.close()
    }
    let file = try OperatorFile(path: path)
    #expect(file.content == Data("one two".utf8))
    #expect(!file.isReadableByOthers)
    #expect(!file.isWritableByOthers)
  }

  @Test func whatCannotBeRead() {
    #expect(throws: (any Error).self) { try OperatorFile(path: Self.path()) }
    #expect(throws: (any Error).self) { try OperatorFile(path: "/") }
  }
}
