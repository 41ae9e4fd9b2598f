// The five attested calls, seen as a user sees them.

import Crypto
import Foundation
import KMSClientNitro
import SecureMemory
import Testing

@Suite struct AttestedOperationTests {
  private static let secret = SecretBytes((0..<32).map { UInt8($0) })
  private static let recipient =
    #""Recipient":{"KeyEncryptionAlgorithm":"RSAES_OAEP_SHA_256","AttestationDocument":"AQID"}"#

  @Test("GenerateDataKeyPair gives a pair whose private key works")
  func generateDataKeyPair() async throws {
    let key = P256.Signing.PrivateKey()
    let service = SealingService(
      members: """
        "KeyId":"arn:aws:kms:us-east-1:123456789012:key/1","KeyPairSpec":"ECC_NIST_P256",\
        "PrivateKeyCiphertextBlob":"AQID","PublicKey":"\(key.publicKey.derRepresentation.base64EncodedString())"
        """,
      envelope: try TestKey.sealed(SecretBytes(key.derRepresentation)))
    let pair = try await service.kms.generateDataKeyPair(
      keyID: "alias/app", keyPairSpec: .eccNISTP256, encryptionContext: ["tenant": "blue"], grantTokens: ["token"],
      dryRun: false, attestedBy: try await SealingService.recipient())
    let opened = try pair.privateKey(as: P256.Signing.PrivateKey.self)
    #expect(opened.rawRepresentation == key.rawRepresentation)
    #expect(try pair.publicKey(as: P256.Signing.PublicKey.self).rawRepresentation == key.publicKey.rawRepresentation)
    #expect(pair.privateKeyCiphertextBlob == [1, 2, 3])
    #expect(
      service.request == """
        {"EncryptionContext":{"tenant":"blue"},"KeyId":"alias/app","KeyPairSpec":"ECC_NIST_P256",\
        "GrantTokens":["token"],\(Self.recipient),"DryRun":false}
        """)
  }

  @Test("GenerateDataKey, by algorithm and by length")
  func generateDataKey() async throws {
    for (size, member) in [
      (DataKeySize.keySpec(.aes256), #""KeySpec":"AES_256""#), (.numberOfBytes(32), #""NumberOfBytes":32"#),
    ] {
      let service = SealingService(
        members: #""CiphertextBlob":"AQID","KeyId":"key","Plaintext":"""#, envelope: try TestKey.sealed(Self.secret))
      let output = try await service.kms.generateDataKey(
        keyID: "alias/app", size: size, attestedBy: try await SealingService.recipient())
      #expect(output.plaintext == Self.secret)
      #expect(output.ciphertextBlob == [1, 2, 3])
      #expect(service.request == #"{"KeyId":"alias/app",\#(member),\#(Self.recipient)}"#)
    }
  }

  @Test("Decrypt")
  func decrypt() async throws {
    let service = SealingService(
      members: #""KeyId":"key","EncryptionAlgorithm":"SYMMETRIC_DEFAULT","Plaintext":null"#,
      envelope: try TestKey.sealed(Self.secret))
    let output = try await service.kms.decrypt(
      ciphertextBlob: [1, 2, 3], encryptionContext: ["tenant": "blue"], keyID: "alias/app",
      encryptionAlgorithm: .symmetricDefault, attestedBy: try await SealingService.recipient())
    #expect(try output.symmetricKey() == SymmetricKey(data: (0..<32).map { UInt8($0) }))
    #expect(
      service.request == """
        {"CiphertextBlob":"AQID","EncryptionContext":{"tenant":"blue"},"KeyId":"alias/app",\
        "EncryptionAlgorithm":"SYMMETRIC_DEFAULT",\(Self.recipient)}
        """)
  }

  @Test("DeriveSharedSecret")
  func deriveSharedSecret() async throws {
    let service = SealingService(
      members: #""KeyId":"key","KeyAgreementAlgorithm":"ECDH","KeyOrigin":"AWS_KMS""#,
      envelope: try TestKey.sealed(Self.secret))
    let output = try await service.kms.deriveSharedSecret(
      keyID: "alias/app", keyAgreementAlgorithm: .ecdh, publicKey: [4],
      attestedBy: try await SealingService.recipient())
    #expect(output.sharedSecret == Self.secret)
    #expect(
      service.request
        == #"{"KeyId":"alias/app","KeyAgreementAlgorithm":"ECDH","PublicKey":"BA==",\#(Self.recipient)}"#)
  }

  @Test("GenerateRandom")
  func generateRandom() async throws {
    let service = SealingService(envelope: try TestKey.sealed(Self.secret))
    let output = try await service.kms.generateRandom(
      numberOfBytes: 32, attestedBy: try await SealingService.recipient())
    #expect(output.plaintext == Self.secret)
    #expect(service.request == #"{"NumberOfBytes":32,\#(Self.recipient)}"#)
  }
}
