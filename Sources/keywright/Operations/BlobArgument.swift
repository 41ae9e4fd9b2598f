// Bytes on the command line.

import AWSJSON
import ArgumentParser
import Foundation
import SecureMemory

/// Bytes given as base64, from a file (`fileb://path` or `@path`) or from standard input (`-`).
struct BlobArgument: ExpressibleByArgument {
  private let source: ByteSource

  init?(argument: String) {
    source = ByteSource(argument)
  }

  /// The bytes, for parameters that are not secret.
  func bytes() throws -> [UInt8] {
    try secret().withUnsafeBytes { Array($0) }
  }

  /// The bytes, for parameters that are.
  func secret() throws -> SecretBytes {
    guard case .literal(let text) = source else { return try source.read() }
    var reader = JSONReader(Array("\"\(text)\"".utf8))
    guard let secret = try? reader.readSecret(), (try? reader.finish()) != nil else {
      throw ValidationError("The value is not base64; use @path for the bytes of a file.")
    }
    return secret
  }
}
