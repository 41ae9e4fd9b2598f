// GenerateRandom: random bytes, from no key.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel

extension GenerateRandom: AccountOperation {
  public static func check(_ input: GenerateRandomInput) throws(Fault) {
    guard input.numberOfBytes != nil else { throw .validation("NumberOfBytes is required.") }
  }

  public static func perform(
    _ input: GenerateRandomInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GenerateRandomOutput {
    if let id = input.customKeyStoreID {
      // Only CloudHSM clusters make random bytes; every store that is here is an external one.
      _ = try await context.keys.customKeyStore(id, in: authorized.caller.home)
      throw .unsupported("Custom key store \(id) does not generate random bytes.")
    }
    return GenerateRandomOutput(plaintext: RandomBytes.bytes(count: input.numberOfBytes ?? 0))
  }
}
