// One row of the table of decisions: who asks what, of which key, and what is to come of it.

import Testing

/// A row, as `Cases/README.md` explains it.
struct DecisionCase: Decodable, Sendable {
  enum Outcome: String, Decodable, Sendable {
    case allowed
    case denied
  }

  /// Who asks.
  struct Asker: Decodable, Sendable {
    let arn: String
    /// The unique id.
    let userID: String?
    /// The path of a session's role, which its ARN lacks.
    let rolePath: String?
    let tags: [String: String]?
    var policies: [PolicySource]?
    var boundary: PolicySource?
    var sessionPolicy: PolicySource?
    let sourceIdentity: String?
    let federatedProvider: String?
    let issueTime: String?
  }

  /// The key, and what is known of it.
  struct GivenKey: Decodable, Sendable {
    struct MultiRegion: Decodable, Sendable {
      let primary: String
      let replicas: [String]
    }

    let account: String
    let region: String
    let id: String
    let spec: String
    let usage: String
    let origin: String
    var policy: PolicySource
    let multiRegion: MultiRegion?
    let tags: [String: String]?
    let aliases: [String]?
    let lastUse: String?
  }

  struct Constraints: Decodable, Sendable {
    let encryptionContextEquals: [String: String]?
    let encryptionContextSubset: [String: String]?
  }

  /// A grant on the key.
  struct GivenGrant: Decodable, Sendable {
    let id: String
    let grantee: String
    let retiring: String?
    let operations: [String]
    let constraints: Constraints?
    let issuingAccount: String
  }

  struct ProposedGrant: Decodable, Sendable {
    let operations: [String]
    let constraints: Constraints?
  }

  /// What is asked.
  struct Request: Decodable, Sendable {
    let action: String
    /// `key`, `account`, `grant/ID`, an alias's name or ARN, or a principal's ARN.
    let resource: String
    let region: String
    let time: String
    let sourceIP: String?
    let secure: Bool
    let userAgent: String?
    let encryptionContext: [String: String]?
    let requestTags: [String: String]?
    let recipientAttestation: [String: String]?
    /// What the operation itself tells, by the names of condition keys.
    let values: [String: JSONNode]?
    let proposedGrant: ProposedGrant?
  }

  let name: String
  /// The rule.
  let why: String
  var caller: Asker
  var key: GivenKey?
  var grants: [GivenGrant]?
  let request: Request
  let expected: Outcome
  /// What makes the decision, where the rule tells; see ``KMSAccess/AccessDecision/because``.
  let because: String?
  /// What the caller is told.
  let message: String?
}

extension DecisionCase: CustomTestStringConvertible {
  var testDescription: String { name }
}

/// A policy as a row has it: a document, or its statements alone.
struct PolicySource: Decodable, Sendable {
  private var node: JSONNode

  init(from decoder: any Decoder) throws { node = try JSONNode(from: decoder) }

  /// What it says, one by one.
  var statements: [JSONNode] {
    get {
      let statements = node["Statement"] ?? node
      return if case .array(let list) = statements { list } else { [statements] }
    }
    set {
      node = node["Statement"] == nil ? .array(newValue) : node.changing("Statement") { _ in .array(newValue) }
    }
  }

  /// The document's text.
  func text() throws -> String {
    if node["Statement"] != nil { return try node.text() }
    return try JSONNode.object(["Version": .string("2012-10-17"), "Statement": node]).text()
  }
}
