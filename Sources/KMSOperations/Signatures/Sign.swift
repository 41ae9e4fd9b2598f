// Sign: a signature over a message or its digest.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel

extension Sign: KeyOperation {
  public static func attributes(of input: SignInput) -> RequestAttributes {
    RequestAttributes(
      keyNamed: input.keyID, signingAlgorithm: input.signingAlgorithm, messageType: input.messageType)
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: SignInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> SignOutput {
    let key = authorized.resource
    try key.requireUsable(now: context.now())
    let request = try SigningRequest(
      input.message, input.messageType, input.signingAlgorithm, key: key, operation: name)
    if input.dryRun == true { throw .dryRun }

    let signature = try await context.slowCryptography.use(try key.privateKey()) { (key) throws(CryptoError) in
      try key.sign(request.input, request.algorithm)
    }
    switch signature {
    case .success(let signature):
      return SignOutput(keyID: key.arn, signature: signature, signingAlgorithm: input.signingAlgorithm)
    case .failure(let error): throw .internalFailure(error)
    }
  }
}
