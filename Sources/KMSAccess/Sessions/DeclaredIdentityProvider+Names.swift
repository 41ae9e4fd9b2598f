// What an identity provider is called.

import KMSDomain

extension DeclaredIdentityProvider {
  /// The issuer without its scheme, as ARNs and condition keys name it: `accounts.example.com`.
  public var name: String {
    for scheme in ["https://", "http://"] where issuer.hasPrefix(scheme) {
      return String(issuer.dropFirst(scheme.count))
    }
    return issuer
  }

  /// The ARN that trust policies name.
  public func arn(partition: String) -> String {
    "arn:\(partition):iam::\(account):oidc-provider/\(name)"
  }
}
