// What a session of a role has of its own, for `keywright explain`.

import Foundation
import KMSAccess
import KMSDomain

/// What the command line says of the session that asks.
struct ExplainedSession {
  /// The policy that the session was begun with.
  let policy: IdentityPolicy?
  private var tags: [Tag] = []
  private var claims: [String: [String]] = [:]
  /// The flag or the condition key that only a session can have; nil if there was none.
  private(set) var feature: String?

  init(_ options: ExplainOptions) throws(CommandFailure) {
    policy = try options.sessionPolicy.map { path throws(CommandFailure) in try Self.policy(path) }
    if policy != nil { feature = "--session-policy" }
    for pair in options.context where Self.isOfSession(pair.key) {
      feature = pair.key
      switch ConditionKey(pair.key) {
      case .principalTag:
        let tag = Tag(key: String(pair.key.split(separator: "/", maxSplits: 1).last ?? ""), value: pair.value)
        guard !tags.contains(where: { $0.isOf(tag.key) }) else {
          throw CommandFailure(.usage, "\(pair.key) is given twice, but has one value")
        }
        tags.append(tag)
      case .other(let claim): claims[claim, default: []].append(pair.value)
      default: break  // of the attributes of the request, which come before those of the caller
      }
    }
  }

  /// Whether a condition key has a value of the session's own.
  static func isOfSession(_ key: String) -> Bool {
    switch ConditionKey(key) {
    case .principalTag: true
    case .named(let name): [.sourceIdentity, .federatedProvider, .tokenIssueTime].contains(name)
    // A claim of a web identity: the host of its issuer, a colon, and the claim's name.
    case .other(let name): name.split(separator: ":").dropLast().last?.contains(".") == true
    default: false
    }
  }

  /// The session of `role` with this name, begun just now.
  func identity(of role: Role, named name: String) -> CallerIdentity {
    let record = role.record
    return CallerIdentity(
      CallerIdentity.AssumedRole(
        roleARN: record.arn, roleID: record.id, roleName: record.name, sessionName: name, issueTime: Date(),
        claims: claims), of: role, policy: policy, tags: tags)
  }

  private static func policy(_ path: String) throws(CommandFailure) -> IdentityPolicy {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw CommandFailure(.noInput, "cannot read the session policy \(path)")
    }
    do throws(PolicyError) {
      return try IdentityPolicy(text)
    } catch {
      throw CommandFailure(.dataError, "the session policy \(path) is not valid: \(error.description)")
    }
  }
}
