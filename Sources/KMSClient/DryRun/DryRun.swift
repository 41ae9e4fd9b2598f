// A call as a question.

/// A call that is to be asked about, not made: the operation and its input.
///
/// There is one static function for each operation with a `DryRun` parameter, so that a question reads as the call:
/// `kms.can(.generateDataKeyPair(keyID: "alias/app", keyPairSpec: .eccNISTP256))`.
public struct DryRun<Operation: DryRunOperation>: Sendable {
  /// The input of the call, with `dryRun` set.
  public let input: Operation.Input

  /// The question whether `operation` would succeed with `input`, whatever its `dryRun` says.
  public init(_ operation: Operation.Type, _ input: Operation.Input) {
    var input = input
    input.dryRun = true
    self.input = input
  }
}
