// What may be said of a principal when it is made, and later.

import ArgumentParser
import KMSDomain

/// A principal's permissions boundary and its tags.
struct PrincipalAttributes: ParsableArguments {
  @Option(help: "JSON file of the policy that says what it may do at most.")
  var permissionsBoundary: String?

  @Option(help: "A tag, KEY=VALUE; may be given again.")
  var tag: [PairArgument] = []

  static let tooManyTags = "a principal has at most \(Principal.maximumTags) tags"

  /// The boundary's document.
  func boundary() throws(CommandFailure) -> String? {
    try permissionsBoundary.map { path throws(CommandFailure) in try PolicyFile.identityPolicy(path) }
  }

  /// The tags, each key once.
  func tags() throws(CommandFailure) -> [Tag] {
    guard tag.count <= Principal.maximumTags else { throw CommandFailure(.usage, Self.tooManyTags) }
    var tags: [Tag] = []
    for pair in tag {
      let tag = Tag(key: pair.key, value: pair.value)
      guard Principal.isTag(tag) else { throw CommandFailure(.usage, "'\(tag.key)' and its value cannot be a tag") }
      guard !tags.contains(where: { $0.isOf(tag.key) }) else {
        throw CommandFailure(.usage, "the tag '\(tag.key)' is given twice")
      }
      tags.append(tag)
    }
    return tags
  }
}

extension Tag {
  /// Whether this is the tag of `key`; IAM takes keys that differ in case for the same.
  func isOf(_ key: String) -> Bool { self.key.lowercased() == key.lowercased() }
}

extension Principal {
  /// Ends the command if sessions of a role may not be allowed to last so long.
  static func checkSessionDuration(_ seconds: Int) throws(CommandFailure) {
    guard sessionDurations.contains(seconds) else {
      throw CommandFailure(.usage, "max-session-duration must be a number of seconds from 900 to 43200")
    }
  }
}
