// The answers that tell of a key that was made.

import KMSModel

/// An answer about a new key.
protocol MadeKeyOutput {
  /// The key's ARN.
  var madeKeyARN: String? { get }
}

extension CreateKeyOutput: MadeKeyOutput {
  var madeKeyARN: String? { keyMetadata.arn }
}

extension ReplicateKeyOutput: MadeKeyOutput {
  var madeKeyARN: String? { replicaKeyMetadata.arn }
}
