// Accounts, users, roles and identity providers that an operator declares in a file.

import Foundation
import KMSService

/// The `--identities` file, in JSON or YAML: read and checked whole before anything is believed.
///
/// Secrets pass through the parser's strings here: the file is the operator's own, read once at the start.
struct IdentitiesFile {
  /// Everybody whom the file declares.
  let declared: DeclaredIdentities

  /// Reads the file for a service whose ARNs are of `partition`.
  init(path: String, partition: String, now: Date = Date()) throws(CommandFailure) {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw CommandFailure(.noInput, "cannot read the identities file \(path)")
    }
    do throws(DeclarationError) {
      var declaration = IdentitiesDeclaration(partition: partition, now: now)
      try declaration.read(try Self.parse(text))
      declared = declaration.identities
    } catch {
      throw CommandFailure(.dataError, "the identities file \(path) is not valid: \(error.place): \(error.reason)")
    }
  }

  private static func parse(_ text: String) throws(DeclarationError) -> DeclarationNode {
    // Most JSON is YAML too, but not all: escaped surrogates are not.
    if text.first(where: { !$0.isWhitespace }) == "{", let node = try? DeclarationNode(json: text) { return node }
    return try DeclarationNode(yaml: text)
  }
}
