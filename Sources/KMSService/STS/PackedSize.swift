// How much callers may put into a session.

import KMSAccess
import KMSDomain

/// The space that a session policy, tags and claims take in a session token.
///
/// Tokens travel in a header of every request, and in the query of presigned ones, so that they cannot be long.
struct PackedSize: Sendable {
  /// The space that there is, in bytes.
  static let allotted = 3072

  /// The space taken, in bytes.
  let count: Int

  /// Measures what a session is to hold.
  init(policy: String?, tags: [Tag], transitiveTagKeys: [String], claims: [String: [String]] = [:]) {
    let lengthCount = 2
    func size(_ text: String) -> Int { text.utf8.count + lengthCount }
    var count = policy.map(size) ?? 0
    for tag in tags { count += size(tag.key) + size(tag.value) }
    for key in transitiveTagKeys { count += size(key) }
    for (name, values) in claims { count += size(name) + values.reduce(lengthCount) { $0 + size($1) } }
    self.count = count
  }

  /// The space taken, in percent and rounded up.
  var percentage: Int { (count * 100 + Self.allotted - 1) / Self.allotted }

  /// The refusal of what does not fit; nil for what does.
  var refusal: STSError? {
    guard count > Self.allotted else { return nil }
    return STSError(
      code: "PackedPolicyTooLarge",
      message: "Packed size of session policy and session tags consumes \(percentage)% of allotted space.")
  }
}
