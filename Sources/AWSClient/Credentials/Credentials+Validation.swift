// Credentials from outside, before they become parts of header fields.

internal import AWSJSON
internal import AWSSigV4
internal import SecureMemory

extension Credentials {
  /// Refuses credentials that would break out of the header field they stand in.
  ///
  /// - Throws: `CredentialsError`, which repeats nothing of them.
  func validate() throws(CredentialsError) {
    let separators = [UInt8(ascii: "/"), UInt8(ascii: ","), UInt8(ascii: "=")]
    guard Self.isVisible(accessKeyID), !accessKeyID.utf8.contains(where: separators.contains) else {
      throw CredentialsError("the access key id is empty or has characters that none can have")
    }
    guard secretAccessKey.count > 0 else { throw CredentialsError("the secret access key is empty") }
    guard sessionToken.map(Self.isVisible) ?? true else {
      throw CredentialsError("the session token is empty or has characters that none can have")
    }
  }

  private static func isVisible(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
