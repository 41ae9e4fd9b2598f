// Accounts and users that an operator declares in a file.

import Foundation
import KMSAccess
import KMSDomain
import SecureMemory
import Yams

/// The `--identities` file, in JSON or YAML: read and checked whole before anything is believed.
///
/// Secrets pass through the parser's strings here: the file is the operator's own, read once at the start.
struct IdentitiesFile {
  /// Every access key that the file declares.
  let principals: [SigningPrincipal]
  /// What the file declares that this release does not act on.
  let ignored: [String]

  private struct Document: Decodable {
    var accounts: [Account]
  }

  private struct Account: Decodable {
    var id: String
    var users: [User]?
    var roles: [Role]?
  }

  private struct User: Decodable {
    var name: String
    var accessKeys: [AccessKey]?
    var policies: [Ignored]?
    var permissionsBoundary: Ignored?
  }

  private struct Role: Decodable {
    var name: String
  }

  private struct AccessKey: Decodable {
    var id: String
    var secret: String
  }

  /// Something that is declared but not read.
  private struct Ignored: Decodable {
    init(from decoder: any Decoder) {}
  }

  init(path: String, partition: String) throws(CommandFailure) {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw CommandFailure(.noInput, "cannot read the identities file \(path)")
    }
    let document: Document
    do {
      document = try YAMLDecoder().decode(Document.self, from: text)  // JSON is YAML too
    } catch {
      // The error's own text may quote the file, and the file holds secrets.
      throw CommandFailure(
        .dataError, "the identities file \(path) is not a valid declaration: \(Self.place(of: error))")
    }
    (principals, ignored) = try Self.check(document, path, partition)
  }

  private static func check(
    _ document: Document, _ path: String, _ partition: String
  ) throws(CommandFailure) -> ([SigningPrincipal], [String]) {
    var principals: [SigningPrincipal] = []
    var ignored: [String] = []
    var arns: Set<String> = []
    var keyIDs: Set<String> = []
    func invalid(_ reason: String) -> CommandFailure {
      CommandFailure(.dataError, "the identities file \(path) is not valid: \(reason)")
    }
    for declared in document.accounts {
      guard let account = AccountID(declared.id) else { throw invalid("account id '\(declared.id)' is not 12 digits") }
      for user in declared.users ?? [] {
        guard isName(user.name) else { throw invalid("user name '\(user.name)' of account \(account)") }
        let arn = "arn:\(partition):iam::\(account):user/\(user.name)"
        guard arns.insert(arn).inserted else { throw invalid("\(arn) is declared twice") }
        guard (user.accessKeys ?? []).count <= 2 else { throw invalid("\(arn) has more than two access keys") }
        for key in user.accessKeys ?? [] {
          guard isAccessKeyID(key.id) else { throw invalid("an access key id of \(arn)") }
          guard keyIDs.insert(key.id).inserted else { throw invalid("access key \(key.id) is declared twice") }
          guard key.secret.utf8.count >= 16 else { throw invalid("the secret of access key \(key.id) is too short") }
          principals.append(
            SigningPrincipal(
              arn: arn, account: account, accessKeyID: key.id, secretAccessKey: SecretBytes(Array(key.secret.utf8))))
        }
        if user.policies != nil || user.permissionsBoundary != nil { ignored.append("the policies of \(arn)") }
      }
      for role in declared.roles ?? [] { ignored.append("role \(role.name) of account \(account)") }
    }
    return (principals, ignored)
  }

  /// IAM's rule for user names.
  private static func isName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: Array("+=,.@_-".utf8).contains(byte)
        }
      }
  }

  /// IAM's rule for access key ids.
  private static func isAccessKeyID(_ id: String) -> Bool {
    (16...128).contains(id.utf8.count)
      && id.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
        default: false
        }
      }
  }

  private static func place(of error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context): "'\(key.stringValue)' is missing at \(path(context))"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "a value of another kind is needed at \(path(context))"
    default: "it is neither YAML nor JSON"
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    context.codingPath.isEmpty ? "the top" : context.codingPath.map(\.stringValue).joined(separator: ".")
  }
}
