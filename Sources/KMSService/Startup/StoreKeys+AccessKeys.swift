// Secret access keys: made, sealed and opened.

public import struct FoundationEssentials.Date
public import KMSCrypto
public import KMSDomain
public import SecureMemory

extension StoreKeys {
  /// Makes an access key for a principal. The record is still to be stored; the secret is never to be had again from
  /// anything but it.
  public func makeAccessKey(
    for principal: Principal, now: Date
  ) throws(CryptoError) -> (record: AccessKey, secret: SecretBytes) {
    let id = "AKIA" + Self.text(count: 16, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    let secret = Self.randomText(
      count: 40, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let wrapped = try accessKeys.wrap(secret, associatedData: Self.binding(id, principal.account))
    let record = AccessKey(
      id: id, account: principal.account, principalARN: principal.arn, wrappedSecret: wrapped, creationDate: now)
    return (record, secret)
  }

  /// The secret of an access key.
  ///
  /// - Throws: ``CryptoError/authenticationFailure`` when the record was altered, or belongs to another store.
  public func secret(of accessKey: AccessKey) throws(CryptoError) -> SecretBytes {
    try accessKeys.unwrap(
      accessKey.wrappedSecret, associatedData: Self.binding(accessKey.id, accessKey.account))
  }

  private static func binding(_ accessKeyID: String, _ account: AccountID) -> [UInt8] {
    Array("access-key\n\(account)\n\(accessKeyID)".utf8)
  }

  private static func text(count: Int, of alphabet: String) -> String {
    randomText(count: count, of: alphabet).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Random characters of an alphabet whose size divides 256, so that each is equally likely.
  private static func randomText(count: Int, of alphabet: String) -> SecretBytes {
    let alphabet = Array(alphabet.utf8)
    let random = RandomBytes.bytes(count: count)
    return SecretBytes(count: count) { buffer in
      random.withUnsafeBytes { bytes in
        for index in 0..<count { buffer[index] = alphabet[Int(bytes[index]) % alphabet.count] }
      }
    }
  }
}
