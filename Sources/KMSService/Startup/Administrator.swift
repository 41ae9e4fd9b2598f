// The first principal of a new store: without it nobody could sign a request.

public import struct FoundationEssentials.Date
import KMSCrypto
public import KMSAccess
public import KMSDomain
import SecureMemory

/// Makes the administrator at the first start, and finds it again at every other.
public struct Administrator: Sendable {
  private static let propertyName = "administrator-access-key"

  /// The administrator as a signing principal.
  public let principal: SigningPrincipal
  /// Where its credentials were written, if that was just now.
  public let credentialsFile: String?

  /// Why the administrator cannot be had.
  public struct Failure: Error, CustomStringConvertible {
    /// One line for the operator.
    public let description: String
  }

  /// Finds the administrator, or makes one and writes its credentials to a 0600 file.
  public static func open(
    _ store: any Store, keys: StoreKeys, home: AccountRegion, credentialsFile path: String, now: Date
  ) async throws(Failure) -> Administrator {
    let existing: AccessKey?
    do {
      existing = try await store.read { reader throws(Fault) in
        guard let id = try reader.property(propertyName) else { return nil }
        return try reader.accessKey(String(decoding: id, as: UTF8.self))
      }
    } catch {
      throw Failure(description: "the administrator cannot be read: \(error.cause.map { "\($0)" } ?? "\(error.kind)")")
    }
    if let existing { return Administrator(principal: try open(existing, keys), credentialsFile: nil) }
    return try await create(in: store, keys: keys, home: home, credentialsFile: path, now: now)
  }

  private static func open(_ accessKey: AccessKey, _ keys: StoreKeys) throws(Failure) -> SigningPrincipal {
    let secret: SecretBytes
    do {
      secret = try keys.accessKeys.unwrap(
        accessKey.wrappedSecret, associatedData: binding(accessKey.id, accessKey.account))
    } catch {
      throw Failure(description: "the administrator's access key does not open: the store was altered")
    }
    return SigningPrincipal(
      arn: accessKey.principalARN, account: accessKey.account, accessKeyID: accessKey.id, secretAccessKey: secret)
  }

  private static func create(
    in store: any Store, keys: StoreKeys, home: AccountRegion, credentialsFile path: String, now: Date
  ) async throws(Failure) -> Administrator {
    do {
      let id = "AKIA" + text(count: 16, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
      let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
      let secret = randomText(count: 40, of: alphabet)
      let arn = "arn:\(home.region.partition):iam::\(home.account):user/administrator"
      let accessKey = AccessKey(
        id: id, account: home.account, principalARN: arn,
        wrappedSecret: try keys.accessKeys.wrap(secret, associatedData: binding(id, home.account)), creationDate: now)
      // The file comes first: an administrator whose credentials were never written would lock everybody out.
      try PrivateFile.write(
        credentials(id: id, secret: secret, arn: arn, home: home), to: path, replacing: true)
      try await store.write { transaction throws(Fault) in
        try transaction.put(accessKey)
        try transaction.setProperty(propertyName, to: Array(id.utf8))
      }
      let principal = SigningPrincipal(arn: arn, account: home.account, accessKeyID: id, secretAccessKey: secret)
      return Administrator(principal: principal, credentialsFile: path)
    } catch {
      throw Failure(description: "the administrator cannot be made: \(error)")
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

  private static func binding(_ accessKeyID: String, _ account: AccountID) -> [UInt8] {
    Array("access-key\n\(account)\n\(accessKeyID)".utf8)
  }

  private static func text(count: Int, of alphabet: String) -> String {
    randomText(count: count, of: Array(alphabet.utf8)).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Random characters of an alphabet whose size divides 256, so that each is equally likely.
  private static func randomText(count: Int, of alphabet: [UInt8]) -> SecretBytes {
    let random = RandomBytes.bytes(count: count)
    return SecretBytes(count: count) { buffer in
      random.withUnsafeBytes { bytes in
        for index in 0..<count { buffer[index] = alphabet[Int(bytes[index]) % alphabet.count] }
      }
    }
  }
}
