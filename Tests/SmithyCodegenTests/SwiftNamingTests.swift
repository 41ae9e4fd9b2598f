// From wire names to Swift names, with the acronyms of the KMS overlay.

import SmithyCodegen
import Testing

@Suite struct SwiftNamingTests {
  private func naming() throws -> SwiftNaming {
    let overlay = try Overlay(parsing: Repository.bytes("Model/overlay.json"), named: "overlay.json")
    return SwiftNaming(acronyms: overlay.acronyms, typeNames: overlay.typeNames, identifiers: overlay.identifiers)
  }

  @Test(arguments: [
    ("KeyId", "keyID"), ("XksKeyId", "xksKeyID"), ("AWSAccountId", "awsAccountID"), ("Id", "id"), ("Arn", "arn"),
    ("CustomKeyStoreId", "customKeyStoreID"), ("KeyMaterialId", "keyMaterialID"), ("DryRun", "dryRun"),
    ("CiphertextBlob", "ciphertextBlob"), ("KeyArn", "keyARN"), ("CloudHsmClusterId", "cloudHSMClusterID"),
    ("KmsRequestId", "kmsRequestID"), ("XksProxyVpcEndpointServiceName", "xksProxyVPCEndpointServiceName"),
    ("RSA_2048", "rsa2048"), ("ECC_NIST_P256", "eccNISTP256"), ("ECC_SECG_P256K1", "eccSECGP256K1"),
    ("ECC_NIST_EDWARDS25519", "eccNISTEdwards25519"), ("SYMMETRIC_DEFAULT", "symmetricDefault"),
    ("HMAC_224", "hmac224"),
    ("ML_DSA_44", "mlDSA44"), ("SM2", "sm2"), ("RSAES_OAEP_SHA_256", "rsaesOAEPSHA256"), ("AES_256", "aes256"),
    ("AWS_KMS", "awsKMS"), ("EXTERNAL", "external"), ("ENCRYPT_DECRYPT", "encryptDecrypt"),
    ("RSASSA_PKCS1_V1_5_SHA_256", "rsassaPKCS1V15SHA256"), ("ED25519_PH_SHA_512", "ed25519PHSHA512"),
    ("PendingReplicaDeletion", "pendingReplicaDeletion"), ("ReEncryptFrom", "reEncryptFrom"), ("1st", "_1st"),
    ("Self", "selfValue"), ("init", "initValue"),
    ("", "_"),
  ])
  func identifiers(wireName: String, swiftName: String) throws {
    #expect(try naming().identifier(wireName) == swiftName)
  }

  @Test(arguments: [
    ("NotFoundException", "notFound"), ("KMSInvalidStateException", "kmsInvalidState"), ("TagException", "tag"),
    ("InvalidArnException", "invalidARN"), ("CustomKeyStoreHasCMKsException", "customKeyStoreHasCMKs"),
    ("ValidationError", "validation"), ("Conflict", "conflict"), ("Exception", "exception"),
  ])
  func errorCases(shape: String, caseName: String) throws {
    #expect(try naming().errorCase(shape) == caseName)
  }

  @Test(arguments: [
    ("KeyId", "keyId"), ("XksKeyId", "xksKeyId"), ("AWSAccountId", "awsAccountId"), ("NumberOfBytes", "numberOfBytes"),
  ])
  func pathNames(wireName: String, path: String) {
    #expect(SwiftNaming.pathName(wireName) == path)
  }

  @Test(arguments: [
    ("GenerateDataKeyPair", "generate-data-key-pair"), ("ReEncrypt", "re-encrypt"), ("XksKeyId", "xks-key-id"),
    ("GetKeyPolicy", "get-key-policy"), ("CloudHsmClusterId", "cloud-hsm-cluster-id"),
  ])
  func kebabCase(wireName: String, flag: String) {
    #expect(SwiftNaming.kebabCase(wireName) == flag)
  }

  @Test func typeNames() throws {
    #expect(try naming().typeName("KeyUsageType") == "KeyUsage")
    #expect(try naming().typeName("OriginType") == "OriginType")
    #expect(try naming().typeName("lowerCase") == "LowerCase")
    #expect(try naming().typeName("String") == "StringShape")
    #expect(try naming().typeName("type") == "TypeShape")
  }
}
