// The texts of errors about tags, key policies and grants. Where AWS's text is not public the choice made here is ours.

extension Fault {
  // MARK: Tags

  /// More tags than a request, or a key, may have.
  public static let tooManyTags = Fault(.tag, "Too many tags")
  /// A tag key that a request has twice.
  public static let duplicateTagKeys = Fault(.tag, "Duplicate tag keys")
  /// A tag that only AWS may set.
  public static let reservedTag = Fault(.tag, "Tags beginning with aws: are reserved")

  // MARK: Key policies

  /// A policy name other than `default`.
  public static let policyNotFound = Fault(.notFound, "No such policy exists")
  /// A text that is no key policy; `reason` says why.
  public static func malformedPolicy(_ reason: String) -> Fault { .init(.malformedPolicyDocument, reason) }
  /// A policy that would stop its author from changing it.
  public static let policyLockout = Fault(
    .malformedPolicyDocument, "The new key policy will not allow you to update the key policy in the future.")
  /// A policy longer than the quota. The text is our choice.
  public static func policyTooLong(limit: Int) -> Fault {
    .init(.limitExceeded, "The key policy is longer than \(limit) bytes.")
  }

  // MARK: Grants

  /// A principal that no grant can name.
  public static func invalidPrincipal(_ text: String) -> Fault { .init(.invalidArn, "Invalid principal \(text)") }
  /// A grant id that is none.
  public static let invalidGrantID = Fault(.invalidGrantID, "The grant ID is not valid.")
  /// A grant that the key does not have.
  public static func grantNotFound(_ id: String, on arn: String) -> Fault {
    .init(.notFound, "Grant '\(id)' does not exist on key '\(arn)'")
  }
  /// A key with as many grants as it may have.
  public static func tooManyGrants(_ arn: String) -> Fault {
    .init(.limitExceeded, "The grant limit has been reached for the key \(arn).")
  }
  /// A grant of nothing.
  public static let noGrantOperations = Fault.validation("Operations must not be empty.")
  /// An operation that no grant can allow.
  public static func unknownGrantOperation(_ name: String) -> Fault {
    .validation("Grant operation \(name) is not valid.")
  }
  /// A constraint with more pairs than it may have.
  public static func tooManyConstraintPairs(limit: Int) -> Fault {
    .validation("A grant constraint must not have more than \(limit) encryption context pairs.")
  }
  /// A constraint with a value longer than it may be.
  public static func constraintValueTooLong(limit: Int) -> Fault {
    .validation("An encryption context value in a grant constraint must not be longer than \(limit) characters.")
  }
  /// A RetireGrant that names no grant, or names it in both ways.
  public static let ambiguousGrant = Fault.validation(
    "You must specify either a GrantToken, or a KeyId and a GrantId.")
  /// An operation that the key cannot do, whoever asks.
  public static func grantOperation(_ operation: GrantOperation, _ arn: String, _ spec: KeySpec, _ usage: KeyUsage)
    -> Fault
  {
    .validation(
      "Grant operation \(operation.rawValue) is not valid for \(arn) with key spec \(spec.rawValue) and key usage \(usage.rawValue)."
    )
  }
  /// Constraints on a key that uses no encryption context.
  public static func grantConstraints(_ arn: String, _ spec: KeySpec) -> Fault {
    .validation("Grant constraints are not valid for \(arn) with key spec \(spec.rawValue).")
  }

  // MARK: Access and listings

  /// A resource of the caller's own account that it may not use so.
  public static func accessDenied(
    caller arn: String, action: String, resource: String, because reason: String = ""
  ) -> Fault {
    .init(.accessDenied, "User: \(arn) is not authorized to perform: kms:\(action) on resource: \(resource)\(reason)")
  }
  /// A page size that the model allows and the listing does not.
  public static func pageLimit(_ limit: Int, atMost maximum: Int) -> Fault {
    .validation(
      "1 validation error detected: Value '\(limit)' at 'limit' failed to satisfy constraint: Member must have value less than or equal to \(maximum)"
    )
  }
}
