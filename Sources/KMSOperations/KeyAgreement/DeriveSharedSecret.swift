// DeriveSharedSecret: ECDH between a KMS key and somebody's public key.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel
import SecureMemory

extension DeriveSharedSecret: KeyOperation {
  public static func attributes(of input: DeriveSharedSecretInput) -> RequestAttributes {
    var attributes = RequestAttributes(keyNamed: input.keyID)
    attributes[.keyAgreementAlgorithm] = .string(input.keyAgreementAlgorithm.rawValue)
    return attributes
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: DeriveSharedSecretInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> DeriveSharedSecretOutput {
    let key = authorized.resource
    try key.requireUsable(now: context.now())
    try key.require(.keyAgreement, algorithm: input.keyAgreementAlgorithm.rawValue, for: name)
    let privateKey = try key.privateKey()
    let sharedSecret: SecretBytes
    do throws(CryptoError) {
      // A dry run, too: it tells whether the request would have succeeded.
      sharedSecret = try privateKey.sharedSecret(with: input.publicKey)
    } catch .malformed {
      throw .unusablePublicKey
    } catch {
      throw .internalFailure(error)
    }
    if input.dryRun == true { throw .dryRun }

    return DeriveSharedSecretOutput(
      keyID: key.arn, keyAgreementAlgorithm: input.keyAgreementAlgorithm,
      keyOrigin: OriginType(rawValue: key.record.origin.rawValue), sharedSecret: sharedSecret)
  }
}
