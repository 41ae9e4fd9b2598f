// Importing key material, as a client does it.

import CryptoExtras
import Foundation
import KMSModel

/// The answer to GetParametersForImport, and what can be done with it.
struct ImportParameters: Sendable {
  let keyID: String
  let token: [UInt8]
  let publicKey: [UInt8]
  let region: String

  /// Asks for parameters.
  init(for keyID: String, _ service: TestService, region: String = "us-east-1") async throws {
    let answer = try await service.call(
      GetParametersForImport.self,
      GetParametersForImportInput(keyID: keyID, wrappingAlgorithm: .rsaesOAEPSHA256, wrappingKeySpec: .rsa2048),
      region: region)
    self.keyID = keyID
    self.region = region
    token = answer.importToken
    publicKey = answer.publicKey
  }

  /// Wraps `material` with RSAES_OAEP_SHA_256.
  func wrap(_ material: [UInt8]) throws -> [UInt8] {
    let key = try _RSA.Encryption.PublicKey(derRepresentation: publicKey)
    return Array(try key.encrypt(Data(material), padding: .PKCS1_OAEP_SHA256))
  }

  /// Imports `material`.
  @discardableResult
  func importMaterial(
    _ material: [UInt8], _ service: TestService, validTo: Date? = nil, type: ImportType? = nil, id: String? = nil,
    description: String? = nil
  ) async throws -> ImportKeyMaterialOutput {
    try await service.call(
      ImportKeyMaterial.self,
      ImportKeyMaterialInput(
        keyID: keyID, importToken: token, encryptedKeyMaterial: try wrap(material), validTo: validTo,
        expirationModel: validTo == nil ? .keyMaterialDoesNotExpire : .keyMaterialExpires, importType: type,
        keyMaterialDescription: description, keyMaterialID: id),
      region: region)
  }
}
