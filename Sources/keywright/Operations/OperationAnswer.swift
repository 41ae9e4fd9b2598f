// An operation's answer on standard output: JSON, or the keys in it as PEM or DER.

import AWSJSON
import Foundation
import KMSClient
import SecureMemory

/// Prints what an operation answered. Its bytes may hold plaintext, so they are wiped when they have been written.
enum OperationAnswer {
  /// Writes an answer to standard output.
  static func print(_ output: some AWSJSONStructure, as form: EndpointOptions.Output) throws(CommandFailure) {
    var json = output.encoded()
    defer { SecretBytes.wipe(&json) }
    switch form {
    case .json:
      guard !json.isEmpty else { return }
      write(json)
      write([UInt8(ascii: "\n")])
    case .pem:
      let keys = try keys(in: json)
      if let privateKey = keys.privateKey { write(KeyPEM.privateKey(pkcs8: privateKey)) }
      if let publicKey = keys.publicKey { write(Array(KeyPEM.publicKey(subjectPublicKeyInfo: publicKey).utf8)) }
    case .der:
      // DER is one structure: the private key, which has the public one in it, or else the public one.
      let keys = try keys(in: json)
      if let privateKey = keys.privateKey { write(privateKey) } else { write(keys.publicKey ?? []) }
    }
  }

  /// The keys among the answer's members.
  private static func keys(
    in json: [UInt8]
  ) throws(CommandFailure) -> (privateKey: SecretBytes?, publicKey: [UInt8]?) {
    var privateKey: SecretBytes?
    var publicKey: [UInt8]?
    do throws(JSONError) {
      var reader = JSONReader(json)
      try reader.beginObject()
      while let name = try reader.nextMember() {
        switch name {
        case "PrivateKeyPlaintext": privateKey = try reader.readSecret()
        case "PublicKey": publicKey = try reader.readBlob()
        default: try reader.skipValue()
        }
      }
    } catch {
      throw CommandFailure(.dataError, "the answer cannot be read: \(error.description)")
    }
    guard privateKey != nil || publicKey != nil else {
      throw CommandFailure(.usage, "there is no key in this operation's answer: use --output json")
    }
    return (privateKey, publicKey)
  }

  private static func write(_ secret: SecretBytes) {
    secret.withUnsafeBytes { write($0) }
  }

  private static func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { write($0) }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = Foundation.write(STDOUT_FILENO, start, rest.count)
      guard count > 0 else { return }  // whoever was reading has gone
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }
}
