// VerifyMac: whether an HMAC is the key's of a message.

public import KMSAccess
public import KMSDomain
public import KMSModel
import SecureMemory

extension VerifyMac: KeyOperation {
  public static func attributes(of input: VerifyMacInput) -> RequestAttributes {
    var attributes = RequestAttributes(keyNamed: input.keyID)
    attributes[.macAlgorithm] = .string(input.macAlgorithm.rawValue)
    return attributes
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: VerifyMacInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> VerifyMacOutput {
    let key = authorized.resource
    try key.requireUsable(now: context.now())
    try key.require(.generateVerifyMAC, algorithm: input.macAlgorithm.rawValue, for: name)
    guard constantTimeEqual(try key.mac(of: input.message), input.mac) else { throw .invalidMAC }
    if input.dryRun == true { throw .dryRun }

    return VerifyMacOutput(keyID: key.arn, macValid: true, macAlgorithm: input.macAlgorithm)
  }
}
