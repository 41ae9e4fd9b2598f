// Accounts, users, roles and identity providers that an operator declares in a file.

import Foundation
import KMSService

/// The `--identities` file, in JSON or YAML: read and checked whole before anything is believed.
///
/// Secrets pass through the parser's strings here: the file is the operator's own, read once at the start.
struct IdentitiesFile {
  /// Everybody whom the file declares.
  let declared: DeclaredIdentities
  /// What the operator should know, in one line; nil when all is well.
  let warning: String?

  /// Reads the file for a service whose ARNs are of `partition`, unless others than its owner can write to it: they
  /// could declare themselves.
  init(path: String, partition: String, now: Date = Date()) throws(CommandFailure) {
    let file: OperatorFile
    do {
      file = try OperatorFile(path: path)
    } catch {
      throw CommandFailure(.noInput, "cannot read the identities file \(path)")
    }
    guard !file.isWritableByOthers else {
      throw CommandFailure(
        .noPermission, "others can write to the identities file: \(path) has mode \(file.mode) (chmod go-w)")
    }
    guard let text = String(data: file.content, encoding: .utf8) else {
      throw CommandFailure(.dataError, "the identities file \(path) is not valid: it is no text in UTF-8")
    }
    do throws(DeclarationError) {
      var declaration = IdentitiesDeclaration(partition: partition, now: now)
      try declaration.read(try Self.parse(text))
      declared = declaration.identities
    } catch {
      throw CommandFailure(.dataError, "the identities file \(path) is not valid: \(error.place): \(error.reason)")
    }
    warning =
      file.isReadableByOthers && !declared.accessKeys.isEmpty
      ? "others can read the identities file: \(path) has mode \(file.mode) and declares secrets (chmod go-r)" : nil
  }

  private static func parse(_ text: String) throws(DeclarationError) -> DeclarationNode {
    // Most JSON is YAML too, but not all: escaped surrogates are not.
    if text.first(where: { !$0.isWhitespace }) == "{", let node = try? DeclarationNode(json: text) { return node }
    return try DeclarationNode(yaml: text)
  }
}
