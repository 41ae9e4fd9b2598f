// The key-state table of AWS KMS: which operations a key takes part in, and what it answers to the others.

/// A row of the table: how an operation treats each state.
///
/// Rules of origin, spec and usage stand elsewhere: they are no matter of state.
public enum StateRule: Sendable, CaseIterable {
  /// Encrypt, Decrypt, ReEncrypt, the data key operations, Sign, Verify, GenerateMac, VerifyMac, DeriveSharedSecret.
  case cryptographic
  /// GetPublicKey.
  case publicKey
  /// CreateGrant.
  case createGrant
  /// CreateAlias, UpdateKeyDescription, tags, and the key an alias is moved to.
  case metadata
  /// DescribeKey, listings, policies, GetKeyRotationStatus, DeleteAlias, and the key an alias is moved from.
  case always
  /// EnableKey and DisableKey.
  case enablement
  /// ScheduleKeyDeletion.
  case scheduleDeletion
  /// CancelKeyDeletion.
  case cancelDeletion
  /// EnableKeyRotation, DisableKeyRotation and RotateKeyOnDemand.
  case rotation
  /// GetParametersForImport.
  case parametersForImport
  /// ImportKeyMaterial.
  case importMaterial
  /// DeleteImportedKeyMaterial.
  case deleteMaterial
  /// ReplicateKey.
  case replicate
  /// UpdatePrimaryRegion.
  case updatePrimary

  /// Refuses `key` when its state does not allow the operation.
  public func check(_ key: Key) throws(Fault) {
    switch key.state {
    case .enabled:
      if self == .cancelDeletion { throw .notPendingDeletion(key.arn) }
    case .disabled:
      switch self {
      case .cryptographic, .createGrant, .rotation, .replicate, .updatePrimary: throw .disabled(key.arn)
      case .cancelDeletion: throw .notPendingDeletion(key.arn)
      default: return
      }
    case .pendingDeletion, .pendingReplicaDeletion:
      switch self {
      case .always, .cancelDeletion, .deleteMaterial: return
      default: throw .pendingDeletion(key.arn)
      }
    case .pendingImport:
      switch self {
      case .cryptographic, .createGrant, .enablement, .rotation, .replicate, .updatePrimary:
        throw .pendingImport(key.arn)
      case .cancelDeletion: throw .notPendingDeletion(key.arn)
      default: return
      }
    case .unavailable:
      switch self {
      case .cryptographic: throw .unavailable(key.arn)
      case .cancelDeletion: throw .notPendingDeletion(key.arn)
      default: return
      }
    case .creating:
      switch self {
      case .metadata, .always, .scheduleDeletion: return
      case .cancelDeletion: throw .notPendingDeletion(key.arn)
      default: throw .creating(key.arn)
      }
    case .updating:
      switch self {
      case .enablement, .scheduleDeletion, .parametersForImport, .deleteMaterial, .replicate:
        throw .updating(key.arn)
      case .cancelDeletion: throw .notPendingDeletion(key.arn)
      default: return
      }
    }
  }
}
