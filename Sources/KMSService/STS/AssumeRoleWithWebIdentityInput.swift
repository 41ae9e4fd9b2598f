// The parameters of AssumeRoleWithWebIdentity.

import AWSJSON

/// AssumeRoleWithWebIdentity's parameters, checked against the model.
struct AssumeRoleWithWebIdentityInput: Sendable {
  /// The role and the session.
  let session: RoleSessionInput
  /// The token of the identity provider, which is as good as a password: it goes into no log and no record.
  let token: String

  /// Decodes a form.
  init(_ fields: FormFields) throws(STSError) {
    var validation = Validation(.enforceConstraints)
    let session = try RoleSessionInput(fields, &validation)
    let token = fields["WebIdentityToken"]
    if token == nil { validation.missing("webIdentityToken") }
    validation.checkLength(token, min: 4, max: 20_000, at: "webIdentityToken", isSensitive: true)
    guard validation.violations.isEmpty, let session, let token else { throw .validation(validation.message) }
    // Of providers that speak OAuth 2.0 only; those of OpenID Connect are named by their tokens.
    guard fields["ProviderId"] == nil else {
      throw .validation("ProviderId is not supported: only identity providers of OpenID Connect are.")
    }
    self.session = session
    self.token = token
  }
}
