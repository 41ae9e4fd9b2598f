// Asking whether a call would succeed.

extension KMSClient {
  /// Asks the service whether a call would succeed, without making it.
  ///
  ///     switch try await kms.can(.generateDataKeyPair(keyID: "alias/app", keyPairSpec: .eccNISTP256)) {
  ///     case .allowed: …
  ///     case .denied(let reason): print(reason)  // a GenerateDataKeyPairError: .accessDenied, .notFound, .disabled …
  ///     case .performed: …  // the service ignored DryRun; neither KMS nor Keywright does
  ///     }
  ///
  /// The answer is true of the moment; counted, billed and logged it is as the call would be.
  /// - Returns: `.denied` with the error that the call would get: no permission, no such key, its state or usage, an
  ///   input that breaks a rule.
  /// - Throws: the operation's error, when the question was not answered: it did not get through, the credentials or the
  ///   signature were not accepted, the service was busy or failed, or it answered with an error that is not in the model.
  public func can<Operation: DryRunOperation>(
    _ question: DryRun<Operation>
  ) async throws(Operation.Failure) -> DryRunAnswer<Operation.Failure> {
    do {
      // What a service that made the call answers is dropped here, and secrets in it are wiped as they are freed.
      _ = try await send(Operation.self, question.input)
      return .performed
    } catch {
      guard let answer = DryRunAnswer(error) else { throw error }
      return answer
    }
  }

  /// Asks the service whether a call would succeed, without making it: ``can(_:)`` with the operation's own input.
  public func can<Operation: DryRunOperation>(
    _ operation: Operation.Type, _ input: Operation.Input
  ) async throws(Operation.Failure) -> DryRunAnswer<Operation.Failure> {
    try await can(DryRun(operation, input))
  }
}
