// Where an argument's bytes are.

import ArgumentParser
import Foundation
import SecureMemory

/// Bytes in a file, on standard input, or in the argument itself.
enum ByteSource {
  case file(String)
  case standardInput
  case literal(String)

  init(_ argument: String) {
    if argument == "-" {
      self = .standardInput
    } else if argument.hasPrefix("fileb://") {
      self = .file(String(argument.dropFirst(8)))
    } else if argument.hasPrefix("@") {
      self = .file(String(argument.dropFirst()))
    } else {
      self = .literal(argument)
    }
  }

  /// The bytes as they are.
  func read() throws -> SecretBytes {
    switch self {
    case .literal(let text): return SecretBytes(Array(text.utf8))
    case .standardInput: return try Self.read(FileHandle.standardInput)
    case .file(let path):
      guard let file = FileHandle(forReadingAtPath: path) else { throw ValidationError("Cannot read \(path).") }
      return try Self.read(file)
    }
  }

  private static func read(_ file: FileHandle) throws -> SecretBytes {
    var data = try file.readToEnd() ?? Data()
    defer { data.resetBytes(in: 0..<data.count) }
    return SecretBytes(data)
  }
}
