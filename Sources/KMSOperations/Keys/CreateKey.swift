// CreateKey: a new KMS key in the caller's account and Region.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension CreateKey: AccountOperation {
  public static func check(_ input: CreateKeyInput) throws(Fault) {
    _ = try NewKey(input)
  }

  public static func perform(
    _ input: CreateKeyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> CreateKeyOutput {
    let key = try await NewKey(input).make(in: authorized.caller.home, context: context)
    try await context.keys.insert(key)
    return CreateKeyOutput(keyMetadata: KeyMetadata(key))
  }
}
