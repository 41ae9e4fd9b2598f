// The operations that can be asked whether they would succeed.

public import AWSJSON

/// An input that says whether its call is a dry run.
public protocol DryRunInput {
  /// Whether only to check that the request is permitted and valid.
  var dryRun: Bool? { get set }
}

/// An operation with a `DryRun` parameter.
public protocol DryRunOperation: AWSJSONOperation where Input: DryRunInput, Failure: ServiceOperationError {}
