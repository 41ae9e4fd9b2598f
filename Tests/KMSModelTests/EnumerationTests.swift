// Enums keep every value: those of the model by name, others as they are.

import AWSJSON
import KMSModel
import Testing

@Suite struct EnumerationTests {
  private func check<Value: AWSJSONEnumeration>(_ type: Value.Type, count: Int) {
    #expect(Value.allKnown.count == count)
    #expect(Set(Value.allKnown.map(\.rawValue)).count == count)
    for value in Value.allKnown {
      #expect(value.isKnown)
      #expect(Value(rawValue: value.rawValue) == value)
    }
    let unknown = Value(rawValue: "QUANTUM_9000")
    #expect(!unknown.isKnown)
    #expect(unknown.rawValue == "QUANTUM_9000")
    #expect(Value(rawValue: "").rawValue == "")
  }

  @Test func valuesComeBack() {
    check(KeySpec.self, count: 17)
    check(CustomerMasterKeySpec.self, count: 13)
    check(DataKeyPairSpec.self, count: 9)
    check(DataKeySpec.self, count: 2)
    check(KeyUsage.self, count: 4)
    check(KeyState.self, count: 8)
    check(OriginType.self, count: 4)
    check(EncryptionAlgorithm.self, count: 4)
    check(SigningAlgorithm.self, count: 13)
    check(MacAlgorithm.self, count: 4)
    check(WrappingAlgorithm.self, count: 6)
    check(GrantOperation.self, count: 17)
    check(ConnectionErrorCode.self, count: 18)
  }

  @Test func namesReadWell() {
    #expect(KeySpec.eccNISTEdwards25519.rawValue == "ECC_NIST_EDWARDS25519")
    #expect(KeySpec.eccSECGP256K1.rawValue == "ECC_SECG_P256K1")
    #expect(KeySpec.mlDSA44.rawValue == "ML_DSA_44")
    #expect(EncryptionAlgorithm.rsaesOAEPSHA256.rawValue == "RSAES_OAEP_SHA_256")
    #expect(OriginType.awsKMS.rawValue == "AWS_KMS")
    #expect(KeyUsage.encryptDecrypt.rawValue == "ENCRYPT_DECRYPT")
    #expect(KeyState.pendingReplicaDeletion.rawValue == "PendingReplicaDeletion")
    #expect(DataKeySpec.allKnown == [.aes256, .aes128])
  }

  @Test func unknownValuesSurviveAnAnswer() throws {
    let text = #"{"KeyId":"k","KeyPairSpec":"NTRU_4821","PublicKey":"AQ==","PrivateKeyCiphertextBlob":"Ag=="}"#
    let output = try GenerateDataKeyPairOutput.decodeOutput(Array(text.utf8))
    #expect(output.keyPairSpec == .unknown("NTRU_4821"))
    #expect(String(decoding: output.encoded(), as: UTF8.self).contains(#""KeyPairSpec":"NTRU_4821""#))
  }
}
