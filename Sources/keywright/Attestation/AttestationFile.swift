// Files that the commands of attestation read.

import Foundation
import SecureMemory

/// Reads files whole.
enum AttestationFile {
  static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
    try readSecret(path).withUnsafeBytes { Array($0) }
  }

  static func readSecret(_ path: String) throws(CommandFailure) -> SecretBytes {
    do {
      return try (path == "-" ? ByteSource.standardInput : .file(path)).read()
    } catch {
      throw CommandFailure(.noInput, "cannot read \(path)")
    }
  }
}
