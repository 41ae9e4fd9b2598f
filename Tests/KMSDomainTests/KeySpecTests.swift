// Specs, usages and algorithms: the table of facts "Key specs × usages × algorithms".

import KMSDomain
import Testing

@Suite struct KeySpecTests {
  static let rsaSigning = [
    "RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PKCS1_V1_5_SHA_384", "RSASSA_PKCS1_V1_5_SHA_512", "RSASSA_PSS_SHA_256",
    "RSASSA_PSS_SHA_384", "RSASSA_PSS_SHA_512",
  ]
  static let rsaEncryption = ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"]
  static let table: [(KeySpec, KeyUsage, [String])] = [
    (.symmetricDefault, .encryptDecrypt, ["SYMMETRIC_DEFAULT"]),
    (.hmac224, .generateVerifyMAC, ["HMAC_SHA_224"]), (.hmac256, .generateVerifyMAC, ["HMAC_SHA_256"]),
    (.hmac384, .generateVerifyMAC, ["HMAC_SHA_384"]), (.hmac512, .generateVerifyMAC, ["HMAC_SHA_512"]),
    (.rsa2048, .encryptDecrypt, rsaEncryption), (.rsa2048, .signVerify, rsaSigning),
    (.rsa3072, .encryptDecrypt, rsaEncryption), (.rsa3072, .signVerify, rsaSigning),
    (.rsa4096, .encryptDecrypt, rsaEncryption), (.rsa4096, .signVerify, rsaSigning),
    (.eccNISTP256, .signVerify, ["ECDSA_SHA_256"]), (.eccNISTP256, .keyAgreement, ["ECDH"]),
    (.eccNISTP384, .signVerify, ["ECDSA_SHA_384"]), (.eccNISTP384, .keyAgreement, ["ECDH"]),
    (.eccNISTP521, .signVerify, ["ECDSA_SHA_512"]), (.eccNISTP521, .keyAgreement, ["ECDH"]),
    (.eccSECGP256K1, .signVerify, ["ECDSA_SHA_256"]),
    (.eccNISTEdwards25519, .signVerify, ["ED25519_SHA_512", "ED25519_PH_SHA_512"]),
    (.mlDSA44, .signVerify, ["ML_DSA_SHAKE_256"]), (.mlDSA65, .signVerify, ["ML_DSA_SHAKE_256"]),
    (.mlDSA87, .signVerify, ["ML_DSA_SHAKE_256"]),
    (.sm2, .encryptDecrypt, ["SM2PKE"]), (.sm2, .signVerify, ["SM2DSA"]), (.sm2, .keyAgreement, ["ECDH"]),
  ]

  @Test(arguments: KeySpec.allCases, KeyUsage.allCases)
  func algorithms(spec: KeySpec, usage: KeyUsage) {
    let expected = Self.table.first { $0.0 == spec && $0.1 == usage }?.2 ?? []
    #expect(spec.algorithms(for: usage) == expected)
    #expect(spec.allowedUsages.contains(usage) == !expected.isEmpty)
  }
}
