// The exact texts of KMS's errors, each in one place. Where AWS's text is not public the choice made here is ours.

extension Fault {
  // MARK: Keys and aliases that cannot be found

  /// A key id that is neither a UUID nor a multi-Region id.
  public static func invalidKeyID(_ text: String) -> Fault { .init(.notFound, "Invalid keyId '\(text)'") }
  /// A well-formed id or ARN that names no key.
  public static func keyNotFound(_ arn: String) -> Fault { .init(.notFound, "Key '\(arn)' does not exist") }
  /// An ARN of a Region other than the one called.
  public static func arnOfOtherRegion(_ region: String) -> Fault { .init(.notFound, "Invalid arn \(region)") }
  /// An alias that does not exist.
  public static func aliasNotFound(_ arn: String) -> Fault { .init(.notFound, "Alias \(arn) is not found.") }
  /// Text that starts as an ARN and is none of KMS. The text is our choice.
  public static func invalidARN(_ text: String) -> Fault { .init(.invalidArn, "Invalid arn \(text)") }

  /// An alias whose name is taken.
  public static func aliasExists(_ arn: String) -> Fault {
    .init(.alreadyExists, "An alias with the name \(arn) already exists")
  }
  /// A key with as many aliases as it may have. The text is our choice.
  public static func tooManyAliases(_ arn: String) -> Fault {
    .init(.limitExceeded, "The alias limit has been reached for the key \(arn).")
  }

  // MARK: Key states

  /// A disabled key.
  public static func disabled(_ arn: String) -> Fault { .init(.disabled, "\(arn) is disabled.") }
  /// A key that waits for its deletion.
  public static func pendingDeletion(_ arn: String) -> Fault { .init(.invalidState, "\(arn) is pending deletion.") }
  /// A key whose deletion cannot be cancelled, because none is scheduled.
  public static func notPendingDeletion(_ arn: String) -> Fault {
    .init(.invalidState, "\(arn) is not pending deletion.")
  }
  /// A key whose material has not been imported.
  public static func pendingImport(_ arn: String) -> Fault { .init(.invalidState, "\(arn) is pending import.") }
  /// A key whose custom key store is disconnected.
  public static func unavailable(_ arn: String) -> Fault { .init(.invalidState, "\(arn) is unavailable.") }
  /// A replica that is being made.
  public static func creating(_ arn: String) -> Fault { .init(.invalidState, "\(arn) is creating.") }
  /// A multi-Region key whose primary is moving.
  public static func updating(_ arn: String) -> Fault { .init(.invalidState, "\(arn) is updating.") }

  // MARK: Usage

  /// A key whose usage does not fit the operation.
  public static func keyUsage(_ arn: String, _ usage: KeyUsage, operation: String) -> Fault {
    .init(.invalidKeyUsage, "\(arn) key usage is \(usage.rawValue) which is not valid for \(operation).")
  }
  /// An algorithm that the key's spec does not offer.
  public static func algorithm(_ algorithm: String, spec: KeySpec) -> Fault {
    .init(.invalidKeyUsage, "Algorithm \(algorithm) is incompatible with key spec \(spec.rawValue).")
  }
  /// A key other than the one that made the ciphertext.
  public static let incorrectKey = Fault(
    .incorrectKey, "The key ID in the request does not identify a CMK that can perform this operation.")
  /// Ciphertext that does not open: KMS gives no text.
  public static let invalidCiphertext = Fault(.invalidCiphertext)
  /// Ciphertext whose key is missing, elsewhere or not the caller's to use.
  public static let ciphertextKeyInaccessible = Fault(
    .accessDenied,
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access."
  )

  // MARK: Access

  /// A resource of another account: the caller does not learn whether it exists.
  public static func accessDeniedElsewhere(caller arn: String, action: String) -> Fault {
    .init(
      .accessDenied,
      "User: \(arn) is not authorized to perform: kms:\(action) on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"
    )
  }

  // MARK: Requests

  /// Every check has passed, and nothing is to be done.
  public static let dryRun = Fault(
    .dryRunOperation, "The request would have succeeded, but the DryRun option is set.")
  /// A rule on parameters that the model does not express.
  public static func validation(_ message: String) -> Fault { .init(.validation, message) }
  /// A marker that this service did not issue for this listing.
  public static let invalidMarker = Fault(.invalidMarker, "The marker is not valid for this request.")
  /// A grant token that this service did not issue.
  public static let invalidGrantToken = Fault(.invalidGrantToken, "The grant token is not valid.")
  /// Something this service does not do, or not yet: `docs/conformance.md` lists which.
  public static func unsupported(_ message: String? = nil) -> Fault { .init(.unsupportedOperation, message) }
  /// A key whose origin does not fit the operation.
  public static func origin(_ arn: String, _ origin: KeyOrigin) -> Fault {
    .unsupported("\(arn) origin is \(origin.rawValue) which is not valid for this operation.")
  }
  /// An attestation document, which this release does not verify and therefore refuses.
  public static let attestedRecipient = Fault.unsupported("Recipient is not supported by this service yet.")
  /// More work than the service takes at once.
  public static let throttled = Fault(
    .throttling, "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.")

  // MARK: Failures of our own

  /// Something failed inside. Callers learn no more than this; `cause` is logged in full.
  public static func internalFailure(_ cause: any Error) -> Fault {
    .init(.internalFailure, "The request could not be completed because of an internal failure.", cause: cause)
  }
}
