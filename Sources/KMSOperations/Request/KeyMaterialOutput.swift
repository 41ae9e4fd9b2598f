// The answers that say which material of the key was used.

import KMSModel

/// An answer with the id of the key material that an operation used.
protocol KeyMaterialOutput {
  /// The id; nil for keys whose material has none.
  var keyMaterialID: String? { get }
}

extension DecryptOutput: KeyMaterialOutput {}
extension GenerateDataKeyOutput: KeyMaterialOutput {}
extension GenerateDataKeyWithoutPlaintextOutput: KeyMaterialOutput {}
extension GenerateDataKeyPairOutput: KeyMaterialOutput {}
extension GenerateDataKeyPairWithoutPlaintextOutput: KeyMaterialOutput {}
extension ImportKeyMaterialOutput: KeyMaterialOutput {}
extension DeleteImportedKeyMaterialOutput: KeyMaterialOutput {}
