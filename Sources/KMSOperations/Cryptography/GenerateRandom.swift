// GenerateRandom: random bytes, from no key.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel

extension GenerateRandom: AccountOperation {
  public static func check(_ input: GenerateRandomInput) throws(Fault) {
    guard input.recipient == nil else { throw .attestedRecipient }
    guard input.customKeyStoreID == nil else {
      throw .unsupported("Custom key stores are not supported by this service yet.")
    }
    guard input.numberOfBytes != nil else { throw .validation("NumberOfBytes is required.") }
  }

  public static func perform(
    _ input: GenerateRandomInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GenerateRandomOutput {
    GenerateRandomOutput(plaintext: RandomBytes.bytes(count: input.numberOfBytes ?? 0))
  }
}
