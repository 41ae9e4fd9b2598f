// Verify: whether a signature is the key's over a message or its digest.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel

extension Verify: KeyOperation {
  public static func attributes(of input: VerifyInput) -> RequestAttributes {
    RequestAttributes(
      keyNamed: input.keyID, signingAlgorithm: input.signingAlgorithm, messageType: input.messageType)
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: VerifyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> VerifyOutput {
    let key = authorized.resource
    try key.requireUsable(now: context.now())
    let request = try SigningRequest(
      input.message, input.messageType, input.signingAlgorithm, key: key, operation: name)
    guard try isValid(input.signature, request, key) else { throw .invalidSignature }
    if input.dryRun == true { throw .dryRun }

    return VerifyOutput(keyID: key.arn, signatureValid: true, signingAlgorithm: input.signingAlgorithm)
  }

  private static func isValid(
    _ signature: [UInt8], _ request: SigningRequest, _ key: ActiveKey
  ) throws(Fault) -> Bool {
    // No library here verifies over μ, and μ does not lead back to the message.
    if case .externalMu = request.input {
      throw .unsupported("Verify with MessageType EXTERNAL_MU is not supported by this service: use RAW.")
    }
    let privateKey = try key.privateKey()
    do {
      return try privateKey.isValid(signature, of: request.input, request.algorithm)
    } catch {
      throw .internalFailure(error)
    }
  }
}
