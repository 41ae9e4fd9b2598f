// Where moto 5.2.1 does something else than KMS. Each difference is asserted, so that the list stays true.

import KMSClient
import SecureMemory
import Testing

/// A scenario that moto does not play as KMS does.
struct MotoGap: Sendable {
  /// The scenario's name.
  let scenario: String
  /// What moto's source (`moto/kms`) does there.
  let reason: Reason
  /// What comes of it.
  let probe: @Sendable (KMSClient) async throws -> Void

  enum Reason: String, Sendable {
    case leavesOutMembers = "responses.py leaves out members that KMS always sends; the client cannot do without them"
    case leavesOutEnumerations =
      "responses.py leaves out enumerations that KMS always sends; the client has an empty one"
    case namesKeysByID = "responses.py answers the key's id where KMS answers its ARN"
    case notImplemented = "responses.py has no such method: the server fails with an HTML page and status 500"
    case needsKeyUsage = "models.py knows no default of KeyUsage, and answers `null`"
    case needsPolicyName = "responses.py knows no default of PolicyName"
    case ignoresKeyState = "models.py does not look at the key's state"
    case ignoresLimit = "responses.py answers everything on one page"
    case ignoresDryRun = "responses.py does not look at DryRun, and makes the call"
    case ignoresMessageType = "models.py hashes digests, too"
    case ignoresMACLength = "models.py takes any MAC algorithm with any HMAC key"
    case ignoresKeySpec = "utils.py encrypts with AES under every key"
    case knowsNoSuchSpec = "utils.py has neither Ed25519 nor ML-DSA"
    case otherError = "another error than KMS's"
    case noError = "models.py answers SignatureValid false instead of an error"
  }

  init(_ scenario: String, _ reason: Reason, _ probe: @escaping @Sendable (KMSClient) async throws -> Void) {
    self.scenario = scenario
    self.reason = reason
    self.probe = probe
  }

  static let all = keys + states + encryption + signing + macs + grants + pages + rotation
}
