// How a key moves from state to state. Which state allows which operation is `StateRule`'s business.

public import struct FoundationEssentials.Date

extension Key {
  /// EnableKey: usable again. No effect on a key that is enabled.
  public mutating func enable() {
    state = .enabled
  }

  /// DisableKey: refuses cryptographic operations until it is enabled.
  public mutating func disable() {
    state = .disabled
  }

  /// ScheduleKeyDeletion: the key goes when `days` have passed from `now`.
  public mutating func scheduleDeletion(inDays days: Int, now: Date) {
    state = .pendingDeletion
    deletionDate = now.addingTimeInterval(Double(days) * 86_400)
  }

  /// CancelKeyDeletion: disabled, whatever the key was before; awaiting import if it has no material to use.
  public mutating func cancelDeletion() {
    state = origin == .external && currentMaterialID == nil ? .pendingImport : .disabled
    deletionDate = nil
  }
}
