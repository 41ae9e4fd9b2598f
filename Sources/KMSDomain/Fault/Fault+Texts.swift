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

  /// An alias that moved to another key while the request was under way. The text is our choice.
  public static func aliasChanged(_ arn: String) -> Fault {
    .init(.notFound, "Alias \(arn) has moved to another key. Try again.")
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
  /// A key that has no public half.
  public static func noPublicKey(_ arn: String, _ spec: KeySpec) -> Fault {
    .unsupported("\(arn) key spec is \(spec.rawValue) which is not valid for this operation.")
  }
  /// A key other than the one that made the ciphertext.
  public static let incorrectKey = Fault(
    .incorrectKey, "The key ID in the request does not identify a CMK that can perform this operation.")
  /// A digest that is not as long as the algorithm's.
  public static func digestLength(_ algorithm: String) -> Fault {
    .validation("Digest is invalid length for algorithm \(algorithm).")
  }
  /// A kind of message that the algorithm does not sign. The text is our choice.
  public static func messageType(_ type: String, algorithm: String) -> Fault {
    .validation("MessageType \(type) is not valid for algorithm \(algorithm).")
  }
  /// A plaintext longer than an asymmetric algorithm takes.
  public static func plaintextTooLong(_ algorithm: String, spec: KeySpec, limit: Int) -> Fault {
    .validation("Algorithm \(algorithm) and key spec \(spec.rawValue) cannot encrypt data larger than \(limit) bytes.")
  }
  /// A signature that is not the key's over the message: KMS gives no text.
  public static let invalidSignature = Fault(.invalidSignature)
  /// A MAC that is not the key's over the message: KMS gives no text.
  public static let invalidMAC = Fault(.invalidMAC)
  /// A peer's public key that is unusable: KMS gives no text.
  public static let unusablePublicKey = Fault(.validation)
  /// Ciphertext that does not open: KMS gives no text.
  public static let invalidCiphertext = Fault(.invalidCiphertext)
  /// Ciphertext whose key is missing, elsewhere or not the caller's to use.
  public static let ciphertextKeyInaccessible = Fault(
    .accessDenied,
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access."
  )

  // MARK: Import

  /// Key material that could not be unwrapped.
  public static let importCiphertext = Fault(.invalidCiphertext)
  /// Key material of the wrong kind or size, or not the one that was imported before.
  public static func incorrectKeyMaterial(_ message: String) -> Fault { .init(.incorrectKeyMaterial, message) }
  /// An import token whose time is over. The text is our choice.
  public static let expiredImportToken = Fault(.expiredImportToken, "The import token has expired.")
  /// An import token that this service did not issue for the key. The text is our choice.
  public static let invalidImportToken = Fault(.invalidImportToken, "The import token is not valid for this key.")
  /// A material that the key does not have. The text is our choice.
  public static func materialNotFound(_ id: String, _ arn: String) -> Fault {
    .init(.notFound, "Key material '\(id)' of '\(arn)' does not exist")
  }
  /// New material for a key that has some pending already.
  public static func materialPending(new id: String, pending: String, _ arn: String) -> Fault {
    .init(
      .invalidState,
      "New key material (id: \(id)) cannot be imported into KMS key \(arn), because another key material (id: \(pending)) is pending rotation."
    )
  }

  // MARK: Rotation

  /// A rotation on demand of imported material, when none is there to become current.
  public static func noPendingMaterial(_ arn: String) -> Fault {
    .init(.invalidState, "No available key material pending rotation for the key: \(arn).")
  }
  /// A key that was rotated on demand as often as it may be.
  public static func tooManyRotations(_ arn: String) -> Fault {
    .init(
      .limitExceeded,
      "The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: \(arn)"
    )
  }
  /// A rotation on demand just before an automatic one. The text is our choice.
  public static func rotationConflict(_ arn: String) -> Fault {
    .init(.conflict, "An automatic rotation of \(arn) is in progress or about to start.")
  }

  // MARK: Multi-Region keys

  /// A key that is not the primary of related multi-Region keys.
  public static func notPrimary(_ arn: String) -> Fault {
    .unsupported("\(arn) is not a multi-region primary key.")
  }
  /// A Region that is not served here, or lies in another partition. The text is our choice.
  public static func regionUnavailable(_ name: String) -> Fault {
    .validation("The Region \(name) is not available.")
  }
  /// A Region that has a key of the set already. The text is our choice.
  public static func replicaExists(_ arn: String) -> Fault { .init(.alreadyExists, "\(arn) already exists.") }

  // MARK: Quotas

  /// An account with as many keys in the Region as it may have. The text is our choice.
  public static let tooManyKeys = Fault(
    .limitExceeded, "The limit of KMS keys in this account and Region has been reached.")

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
  /// Members that KMS requires and the model does not, by their paths in lower camel case; at least one.
  public static func missingMembers(_ paths: [String]) -> Fault {
    let detected = "\(paths.count) validation \(paths.count == 1 ? "error" : "errors") detected: "
    let values = paths.map { "Value null at '\($0)' failed to satisfy constraint: Member must not be null" }
    return .validation(detected + values.joined(separator: "; "))
  }
  /// A request for an attested recipient, where the operator has said of nobody that they attest. The text is ours.
  public static let noAttestationRoot = Fault.validation("This service trusts no root of attestation documents.")
  /// Whoever asked has gone. Only the record and the metrics say it: nobody reads the answer.
  public static let callerGone = Fault(.dependencyTimeout, "The caller left before the answer was ready.")
  /// More work than the service takes at once.
  public static let throttled = Fault(
    .throttling, "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.")

  // MARK: Failures of our own

  /// Something failed inside. Callers learn no more than this; `cause` is logged in full.
  public static func internalFailure(_ cause: any Error) -> Fault {
    .init(.internalFailure, "The request could not be completed because of an internal failure.", cause: cause)
  }
}
