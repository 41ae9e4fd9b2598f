// Which key state allows which operation: the table of facts "Key state × operation".

/// A row of the table: how an operation treats each state.
public enum StateRule: Sendable, CaseIterable {
  /// Encrypt, Decrypt, ReEncrypt, GenerateDataKey and GenerateDataKeyPair with their variants.
  case cryptographic
  /// CreateAlias, UpdateKeyDescription, tags, and the key an alias is moved to.
  case metadata
  /// DescribeKey, listings, DeleteAlias, and the key an alias is moved from.
  case always
  /// EnableKey and DisableKey.
  case enablement
  /// ScheduleKeyDeletion.
  case scheduleDeletion
  /// CancelKeyDeletion.
  case cancelDeletion

  /// Refuses `key` when its state does not allow the operation.
  public func check(_ key: Key) throws(Fault) {
    switch (self, key.state) {
    case (.always, _): return

    case (.cancelDeletion, .pendingDeletion), (.cancelDeletion, .pendingReplicaDeletion): return
    case (.cancelDeletion, _): throw .notPendingDeletion(key.arn)

    // From here on a key pending deletion takes no part in anything.
    case (_, .pendingDeletion), (_, .pendingReplicaDeletion): throw .pendingDeletion(key.arn)

    case (.metadata, _): return

    case (.scheduleDeletion, .updating), (.enablement, .updating): throw .updating(key.arn)
    case (.scheduleDeletion, _): return

    case (.enablement, .pendingImport), (.cryptographic, .pendingImport): throw .pendingImport(key.arn)
    case (.enablement, .creating), (.cryptographic, .creating): throw .creating(key.arn)
    case (.enablement, _): return

    case (.cryptographic, .disabled): throw .disabled(key.arn)
    case (.cryptographic, .unavailable): throw .unavailable(key.arn)
    case (.cryptographic, .enabled), (.cryptographic, .updating): return
    }
  }
}
