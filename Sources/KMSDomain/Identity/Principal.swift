// A user or a role, as the store keeps it.

public import struct FoundationEssentials.Date

/// A principal of an account: what it is called, and the documents that say what it may do.
public struct Principal: Hashable, Sendable {
  /// What sort of principal it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case user
    case role
  }

  /// A policy document under a name.
  public struct Policy: Hashable, Sendable {
    /// The name, unique in the principal.
    public let name: String
    /// The document.
    public let document: String

    /// Pairs the two.
    public init(name: String, document: String) {
      self.name = name
      self.document = document
    }
  }

  /// The unique id: `AIDA…` for users, `AROA…` for roles. A principal that is made again under its old name has another.
  public let id: String
  /// The partition of its ARN, such as `aws`.
  public let partition: String
  /// The account.
  public let account: AccountID
  /// What sort of principal it is.
  public let kind: Kind
  /// The path: `/`, or `/…/`.
  public let path: String
  /// The name, unique among the account's users or roles.
  public let name: String
  /// The policies attached to it, in their order.
  public var policies: [Policy]
  /// What it may do at most: a policy document.
  public var permissionsBoundary: String?
  /// Who may assume a role: a policy document. Nil for users.
  public var trustPolicy: String?
  /// How long sessions of a role may last, in seconds.
  public var maximumSessionDuration: Int
  /// Labels.
  public var tags: [Tag]
  /// When it was made.
  public let creationDate: Date

  /// How long sessions of a role may last unless something else is said, in seconds.
  public static let defaultSessionDuration = 3600

  /// Puts a principal together.
  public init(
    id: String, partition: String, account: AccountID, kind: Kind, path: String = "/", name: String,
    policies: [Policy] = [], permissionsBoundary: String? = nil, trustPolicy: String? = nil,
    maximumSessionDuration: Int = Principal.defaultSessionDuration, tags: [Tag] = [], creationDate: Date
  ) {
    self.id = id
    self.partition = partition
    self.account = account
    self.kind = kind
    self.path = path
    self.name = name
    self.policies = policies
    self.permissionsBoundary = permissionsBoundary
    self.trustPolicy = trustPolicy
    self.maximumSessionDuration = maximumSessionDuration
    self.tags = tags
    self.creationDate = creationDate
  }

  /// The ARN, such as `arn:aws:iam::123456789012:user/alice`.
  public var arn: String { "arn:\(partition):iam::\(account):\(kind.rawValue)\(path)\(name)" }
}
