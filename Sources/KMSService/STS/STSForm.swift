// A request to STS, read as far as is needed to know who must have signed it.

/// A form or a query that names an action of STS.
struct STSForm: Sendable {
  private let content: Result<FormFields, FormFields.Malformation>

  /// Reads a form body.
  init(form: [UInt8]) {
    content = Result { () throws(FormFields.Malformation) in try FormFields(form: form) }
  }

  /// Reads the query of a request target; nil when it names no action, and is not for STS then.
  init?(queryOf target: String) {
    guard target.hasPrefix("/?"), target.dropFirst(2).split(separator: "&").contains(where: { $0.hasPrefix("Action=") })
    else { return nil }
    content = Result { () throws(FormFields.Malformation) in try FormFields(queryOf: target) }
  }

  /// Whether the request must be signed. A web identity has nothing to sign with yet; its token is the proof.
  var needsSignature: Bool { action != STSRequest.assumeRoleWithWebIdentityName }

  /// The action that it names; nil for one that is not served, since callers can name whatever they like.
  var action: String? {
    guard case .success(let fields) = content, let action = fields["Action"], STSRequest.names.contains(action) else {
      return nil
    }
    return action
  }

  /// The fields.
  func fields() throws(STSError) -> FormFields {
    do {
      return try content.get()
    } catch {
      throw STSError(error)
    }
  }
}
