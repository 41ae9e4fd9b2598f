// GetParametersForImport: a public key to wrap key material with, and the token that stands for its private half.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel
import struct FoundationEssentials.Date

extension GetParametersForImport: KeyOperation {
  /// How long a token is valid, in seconds.
  private static let validity = 24.0 * 3600

  public static func check(_ input: GetParametersForImportInput) throws(Fault) {
    _ = try algorithm(input)
  }

  public static func attributes(of input: GetParametersForImportInput) -> RequestAttributes {
    var attributes = RequestAttributes()
    attributes[.wrappingAlgorithm] = .string(input.wrappingAlgorithm.rawValue)
    attributes[.wrappingKeySpec] = .string(input.wrappingKeySpec.rawValue)
    return attributes
  }

  public static func perform(
    _ input: GetParametersForImportInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GetParametersForImportOutput {
    let key = authorized.resource.record
    guard key.origin == .external else { throw .origin(key.arn, key.origin) }
    try StateRule.parametersForImport.check(key)
    let algorithm = try algorithm(input)
    guard let spec = KMSDomain.KeySpec(rawValue: input.wrappingKeySpec.rawValue),
      let keyPairAlgorithm = spec.keyPairAlgorithm
    else { throw .validation("WrappingKeySpec \(input.wrappingKeySpec.rawValue) is not valid.") }
    guard algorithm.canWrap(key.spec, under: spec) else {
      throw .validation(
        "WrappingAlgorithm \(algorithm.rawValue) with WrappingKeySpec \(spec.rawValue) cannot wrap key material of key spec \(key.spec.rawValue)."
      )
    }

    let pair = try await context.slowCryptography.keyPair(keyPairAlgorithm)
    let validTo = Date(timeIntervalSince1970: (context.now().timeIntervalSince1970 + validity).rounded(.down))
    let token = try context.seals.importTokens.seal(
      ImportTokens.Content(
        validTo: validTo, algorithm: algorithm, wrappingKeySpec: spec, privateKey: pair.privateKey), for: key.arn)
    return GetParametersForImportOutput(
      keyID: key.arn, importToken: token, publicKey: pair.publicKey, parametersValidTo: validTo)
  }

  private static func algorithm(_ input: GetParametersForImportInput) throws(Fault) -> ImportWrappingAlgorithm {
    let name = input.wrappingAlgorithm.rawValue
    // RSAES_PKCS1_V1_5 is in the model still, and KMS has refused it since October 2023.
    guard let algorithm = ImportWrappingAlgorithm(rawValue: name) else {
      throw .unsupported("WrappingAlgorithm \(name) is no longer supported.")
    }
    return algorithm
  }
}

extension ImportWrappingAlgorithm {
  /// Whether material of `spec` can be wrapped with a key of `wrappingSpec`.
  fileprivate func canWrap(_ spec: KMSDomain.KeySpec, under wrappingSpec: KMSDomain.KeySpec) -> Bool {
    switch self {
    case .sm2PKE: return wrappingSpec == .sm2 && !spec.isRSA
    case .rsaAESKeyWrapSHA1, .rsaAESKeyWrapSHA256: return wrappingSpec.isRSA
    case .rsaesOAEPSHA1, .rsaesOAEPSHA256:
      // RSA private keys do not fit, nor does a P-521 key under the smallest modulus.
      return wrappingSpec.isRSA && !spec.isRSA && !(spec == .eccNISTP521 && wrappingSpec == .rsa2048)
    }
  }
}

extension KMSDomain.KeySpec {
  fileprivate var isRSA: Bool {
    switch self {
    case .rsa2048, .rsa3072, .rsa4096: true
    default: false
    }
  }
}
