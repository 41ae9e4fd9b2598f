// Decrypt: back to what the proxy was given to encrypt.

import AWSJSON
import KMSCrypto

/// Has an external key decrypt.
struct DecryptCall: ProxyCall {
  let sealed: ExternalCiphertextBlob.Sealed
  let additionalData: [UInt8]

  func write(_ writer: inout JSONWriter) {
    writer.member("ciphertext")
    writer.blob(sealed.ciphertext)
    writer.member("encryptionAlgorithm")
    writer.string("AES_GCM")
    writer.member("initializationVector")
    writer.blob(sealed.initializationVector)
    writer.member("authenticationTag")
    writer.blob(sealed.authenticationTag)
    if !sealed.metadata.isEmpty {
      writer.member("ciphertextMetadata")
      writer.blob(sealed.metadata)
    }
    writer.member("additionalAuthenticatedData")
    writer.blob(additionalData)
  }

  func answer(_ body: [UInt8]) throws(MalformedAnswer) -> [UInt8] {
    var plaintext: [UInt8]?
    try readObject(body) { (name, reader) throws(JSONError) in
      switch name {
      case "plaintext": plaintext = try reader.readBlob()
      default: try reader.skipValue()
      }
    }
    guard let plaintext, plaintext.count == sealed.ciphertext.count else { throw MalformedAnswer() }
    return plaintext
  }
}
