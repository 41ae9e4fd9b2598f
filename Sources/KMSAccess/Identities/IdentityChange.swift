// What has changed of who there is, for the record.

public import KMSDomain

/// One difference between two identity sets, named as IAM names what makes it.
public struct IdentityChange: Hashable, Sendable {
  /// What was done.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    case createUser = "CreateUser"
    case updateUser = "UpdateUser"
    case deleteUser = "DeleteUser"
    case createRole = "CreateRole"
    case updateRole = "UpdateRole"
    case deleteRole = "DeleteRole"
    case createAccessKey = "CreateAccessKey"
    /// Switched on or off, or its secret is another.
    case updateAccessKey = "UpdateAccessKey"
    case deleteAccessKey = "DeleteAccessKey"
  }

  /// What was done.
  public let name: Name
  /// The account of the principal.
  public let account: AccountID
  /// The ARN of the principal; that of its user for an access key.
  public let principalARN: String
  /// The access key's id; nil when the principal itself has changed.
  public let accessKeyID: String?

  /// Puts a change together.
  public init(_ name: Name, account: AccountID, principalARN: String, accessKeyID: String? = nil) {
    self.name = name
    self.account = account
    self.principalARN = principalARN
    self.accessKeyID = accessKeyID
  }
}
