// Any client can go through the pages of its paginated operations.

extension AWSServiceClient {
  /// The pages of any paginated operation of the model; the generated methods are this call with names.
  ///
  /// - Parameter input: what the operation takes; it may start in the middle.
  public func pages<Operation: PaginatedOperation>(
    _ operation: Operation.Type, _ input: Operation.Input
  ) -> PageSequence<Operation> {
    PageSequence(input, runtime: runtime)
  }
}
