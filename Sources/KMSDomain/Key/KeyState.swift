// The states of a KMS key.

/// A key state, by its KMS name.
public enum KeyState: String, Hashable, Sendable, CaseIterable {
  case creating = "Creating"
  case enabled = "Enabled"
  case disabled = "Disabled"
  case pendingDeletion = "PendingDeletion"
  case pendingReplicaDeletion = "PendingReplicaDeletion"
  case pendingImport = "PendingImport"
  case unavailable = "Unavailable"
  case updating = "Updating"
}
