// Policy documents in files.

import Foundation
import KMSAccess
import KMSDomain

/// Reads policy documents, and takes none that does not parse.
enum PolicyFile {
  /// An identity policy.
  static func identityPolicy(_ path: String) throws(CommandFailure) -> String {
    try read(path) { (text) throws(PolicyError) in _ = try IdentityPolicy(text) }
  }

  /// A trust policy of a role in `partition`.
  static func trustPolicy(_ path: String, partition: String) throws(CommandFailure) -> String {
    try read(path) { (text) throws(PolicyError) in _ = try TrustPolicy(text, partition: partition) }
  }

  /// Identity policies, each under the name of its file without what follows its last dot.
  static func identityPolicies(_ paths: [String]) throws(CommandFailure) -> [Principal.Policy] {
    var policies: [Principal.Policy] = []
    for path in paths {
      let name = URL(filePath: path).deletingPathExtension().lastPathComponent
      guard Principal.isPolicyName(name) else {
        throw CommandFailure(.usage, "a policy cannot have the name of the file \(path): use attach-policy")
      }
      guard !policies.contains(where: { $0.name == name }) else {
        throw CommandFailure(.usage, "two policies would have the name '\(name)': use attach-policy")
      }
      policies.append(Principal.Policy(name: name, document: try identityPolicy(path)))
    }
    return policies
  }

  private static func read(
    _ path: String, _ parse: (String) throws(PolicyError) -> Void
  ) throws(CommandFailure) -> String {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw CommandFailure(.noInput, "cannot read the policy file \(path)")
    }
    do throws(PolicyError) {
      try parse(text)
    } catch {
      throw CommandFailure(.dataError, "the policy file \(path) is not valid: \(error.description)")
    }
    return text
  }
}
