// GenerateMac: an HMAC of a message.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel
import SecureMemory

extension GenerateMac: KeyOperation {
  public static func attributes(of input: GenerateMacInput) -> RequestAttributes {
    var attributes = RequestAttributes(keyNamed: input.keyID)
    attributes[.macAlgorithm] = .string(input.macAlgorithm.rawValue)
    return attributes
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: GenerateMacInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GenerateMacOutput {
    let key = authorized.resource
    try key.requireUsable(now: context.now())
    try key.require(.generateVerifyMAC, algorithm: input.macAlgorithm.rawValue, for: name)
    if input.dryRun == true { throw .dryRun }

    return GenerateMacOutput(mac: try key.mac(of: input.message), macAlgorithm: input.macAlgorithm, keyID: key.arn)
  }
}

extension ActiveKey {
  /// The HMAC of a message under this key.
  func mac(of message: SecretBytes) throws(Fault) -> [UInt8] {
    let hmacKey = try hmacKey()
    do {
      return try hmacKey.authenticate(message)
    } catch {
      throw .internalFailure(error)
    }
  }
}
