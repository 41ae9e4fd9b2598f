// DescribeKey: everything public about a key, in whatever state.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension DescribeKey: KeyOperation {
  public static func perform(
    _ input: DescribeKeyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> DescribeKeyOutput {
    DescribeKeyOutput(keyMetadata: KeyMetadata(authorized.resource.record))
  }
}
