// The first principal of a new store: without it nobody could sign a request.

public import struct FoundationEssentials.Date
public import KMSDomain
import SecureMemory

/// Makes the user `administrator` at the first start, and never again.
public struct Administrator: Sendable {
  /// The administrator's user name.
  public static let userName = "administrator"
  /// The name of the policy that lets it do everything.
  static let policyName = "AdministratorAccess"
  static let policy =
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#
  private static let propertyName = "administrator-access-key"

  /// The ARN of the user that was made just now; nil at every start but the first.
  public let arn: String?
  /// Where its credentials were written, if that was just now.
  public let credentialsFile: String?
  /// Whether the store has other principals or access keys than before.
  public let hasChangedIdentities: Bool

  /// Why the administrator cannot be had.
  public struct Failure: Error, CustomStringConvertible {
    /// One line for the operator.
    public let description: String
  }

  /// Makes the administrator unless this store has or had one, and writes its credentials to a 0600 file. The file is
  /// touched at no other time.
  ///
  /// An administrator whom an operator has deleted stays deleted. One that an older version made, which kept an access
  /// key only, becomes a user with the same rights.
  ///
  /// - Parameter isDeclared: whether the operator declares the administrator: then there is no need for another, and it
  ///   would have the same name.
  public static func open(
    _ store: any Store, keys: StoreKeys, home: AccountRegion, isDeclared: Bool = false, credentialsFile path: String,
    now: Date
  ) async throws(Failure) -> Administrator {
    let arn = user(partition: home.region.partition, account: home.account, now: now).arn
    let isFirstStart: Bool
    var hasCompleted = false
    do {
      let (hadOne, hasOne) = try await store.read { reader throws(Fault) in
        (try reader.property(propertyName) != nil, isDeclared ? true : try reader.principal(arn) != nil)
      }
      isFirstStart = !hadOne && !hasOne
      if hadOne {
        if !isDeclared { hasCompleted = try await completeOlderAdministrator(in: store) }
      } else if hasOne {
        // An operator made it, and gave it the access keys that it has; once deleted, it stays deleted like any other.
        try await store.write { transaction throws(Fault) in
          try transaction.setProperty(propertyName, to: Array(arn.utf8))
        }
      }
    } catch {
      throw Failure(description: "the administrator cannot be read: \(error.cause.map { "\($0)" } ?? "\(error.kind)")")
    }
    guard isFirstStart else {
      return Administrator(arn: nil, credentialsFile: nil, hasChangedIdentities: hasCompleted)
    }
    return try await create(in: store, keys: keys, home: home, credentialsFile: path, now: now)
  }

  /// Whether `principal` has the administrator's name in `account`; IAM tells names apart whatever their case and path.
  public static func hasName(_ principal: Principal, in account: AccountID) -> Bool {
    principal.account == account && principal.kind == .user && principal.name.lowercased() == userName
  }

  private static func create(
    in store: any Store, keys: StoreKeys, home: AccountRegion, credentialsFile path: String, now: Date
  ) async throws(Failure) -> Administrator {
    let user = user(partition: home.region.partition, account: home.account, now: now)
    do {
      let (accessKey, secret) = try keys.makeAccessKey(for: user, now: now)
      // The file comes first: an administrator whose credentials were never written would lock everybody out.
      try PrivateFile.write(
        credentials(id: accessKey.id, secret: secret, arn: user.arn, home: home), to: path, replacing: true)
      try await store.write { transaction throws(Fault) in
        if try transaction.principal(user.arn) == nil { try transaction.put(user) }
        try transaction.put(accessKey)
        try transaction.setProperty(propertyName, to: Array(accessKey.id.utf8))
      }
      return Administrator(arn: user.arn, credentialsFile: path, hasChangedIdentities: true)
    } catch {
      throw Failure(description: "the administrator cannot be made: \(error)")
    }
  }

  private static func user(partition: String, account: AccountID, now: Date) -> Principal {
    Principal(
      id: PrincipalID.random(for: .user), partition: partition, account: account, kind: .user, name: userName,
      policies: [Principal.Policy(name: policyName, document: policy)], creationDate: now)
  }

  /// Gives the administrator of an older store the row that it had no table for; false where there is no need.
  private static func completeOlderAdministrator(in store: any Store) async throws(Fault) -> Bool {
    try await store.write { transaction throws(Fault) in
      // The access key goes with its user: where it is, the user has never been deleted.
      guard let id = try transaction.property(propertyName),
        let accessKey = try transaction.accessKey(String(decoding: id, as: UTF8.self)),
        try transaction.principal(accessKey.principalARN) == nil
      else { return false }
      for partition in ["aws", "aws-cn", "aws-us-gov"] {
        let user = user(partition: partition, account: accessKey.account, now: accessKey.creationDate)
        if user.arn == accessKey.principalARN { try transaction.put(user) }
      }
      return true
    }
  }

  /// The credentials file: JSON, put together without the secret ever being a `String`.
  private static func credentials(
    id: String, secret: SecretBytes, arn: String, home: AccountRegion
  ) -> SecretBytes {
    let head = Array("{\n  \"AccessKeyId\": \"\(id)\",\n  \"SecretAccessKey\": \"".utf8)
    let tail = Array(
      """
      ",
        "AccountId": "\(home.account)",
        "Region": "\(home.region)",
        "Arn": "\(arn)"
      }

      """.utf8)
    return SecretBytes(count: head.count + secret.count + tail.count) { buffer in
      buffer.copyBytes(from: head)
      secret.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[head.count...]).copyMemory(from: $0) }
      UnsafeMutableRawBufferPointer(rebasing: buffer[(head.count + secret.count)...]).copyBytes(from: tail)
    }
  }
}
