// Encrypt: the only call whose answer nobody could notice to be wrong before it is needed.

import AWSJSON
import KMSCrypto

/// Has an external key encrypt.
struct EncryptCall: ProxyCall {
  let plaintext: [UInt8]
  let additionalData: [UInt8]

  func write(_ writer: inout JSONWriter) {
    writer.member("plaintext")
    writer.blob(plaintext)
    writer.member("encryptionAlgorithm")
    writer.string("AES_GCM")
    writer.member("additionalAuthenticatedData")
    writer.blob(additionalData)
    writer.member("ciphertextDataIntegrityValueAlgorithm")
    writer.string("SHA_256")
  }

  func answer(_ body: [UInt8]) throws(MalformedAnswer) -> ExternalCiphertextBlob.Sealed {
    var ciphertext: [UInt8]?
    var initializationVector: [UInt8]?
    var authenticationTag: [UInt8]?
    var metadata: [UInt8]?
    var integrityValue: [UInt8]?
    try readObject(body) { (name, reader) throws(JSONError) in
      switch name {
      case "ciphertext": ciphertext = try reader.readBlob()
      case "initializationVector": initializationVector = try reader.readBlob()
      case "authenticationTag": authenticationTag = try reader.readBlob()
      case "ciphertextMetadata": metadata = try reader.readNull() ? nil : reader.readBlob()
      case "ciphertextDataIntegrityValue": integrityValue = try reader.readBlob()
      default: try reader.skipValue()
      }
    }
    guard let ciphertext, let initializationVector, let authenticationTag, let integrityValue,
      ciphertext.count == plaintext.count,
      let sealed = ExternalCiphertextBlob.Sealed(
        initializationVector: initializationVector, authenticationTag: authenticationTag, metadata: metadata ?? [],
        ciphertext: ciphertext),
      IntegrityValue(of: sealed, additionalData: additionalData).matches(integrityValue)
    else { throw MalformedAnswer() }
    return sealed
  }
}
