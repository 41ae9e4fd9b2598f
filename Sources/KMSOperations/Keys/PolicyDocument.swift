// Key policies as far as this release goes: well-formed JSON, kept and returned, not yet evaluated.

import AWSJSON
import KMSDomain

/// A key policy document.
enum PolicyDocument {
  /// Whether `text` is a JSON object with a `Statement`.
  static func isWellFormed(_ text: String) -> Bool {
    var reader = JSONReader(Array(text.utf8))
    guard let document = try? reader.readDocument(), (try? reader.finish()) != nil else { return false }
    guard case .object(let members) = document else { return false }
    return members["Statement"] != nil
  }

  /// The policy of a key that was made without one: the account decides.
  static func defaultPolicy(for home: AccountRegion) -> String {
    """
    {"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions",\
    "Effect":"Allow","Principal":{"AWS":"arn:\(home.region.partition):iam::\(home.account):root"},\
    "Action":"kms:*","Resource":"*"}]}
    """
  }
}
