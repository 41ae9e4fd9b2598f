// How a key moves between states, relatives and schedules. Whether it may, `StateRule` tells.

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

  // MARK: Deletion

  /// ScheduleKeyDeletion: the key goes when `days` have passed from `now`; a primary with replicas, when they have
  /// passed since the last replica was gone.
  public mutating func scheduleDeletion(inDays days: Int, now: Date) {
    if isPrimary, multiRegion?.replicaRegions.isEmpty == false {
      state = .pendingReplicaDeletion
      pendingDeletionWindowInDays = days
    } else {
      state = .pendingDeletion
      deletionDate = now.addingTimeInterval(Double(days) * 86_400)
    }
  }

  /// CancelKeyDeletion: disabled, whatever the key was before; awaiting import if it has no material to use.
  public mutating func cancelDeletion() {
    state = origin == .external && lacksMaterial ? .pendingImport : .disabled
    deletionDate = nil
    pendingDeletionWindowInDays = nil
  }

  /// A related key is gone: a primary that waited for this, and has no replica left, starts its own waiting period.
  public mutating func relativeDeleted(in region: Region, now: Date) {
    multiRegion?.replicaRegions.removeAll { $0 == region }
    guard state == .pendingReplicaDeletion, multiRegion?.replicaRegions.isEmpty == true else { return }
    let days = pendingDeletionWindowInDays ?? 30
    pendingDeletionWindowInDays = nil
    state = .pendingDeletion
    deletionDate = now.addingTimeInterval(Double(days) * 86_400)
  }

  // MARK: Imported material

  /// Some material is missing: the key waits for it. A key pending deletion stays so.
  public mutating func materialLost() {
    guard state != .pendingDeletion, state != .pendingReplicaDeletion else { return }
    state = .pendingImport
  }

  /// All material is there: a key that waited for it is enabled.
  public mutating func materialComplete() {
    if state == .pendingImport { state = .enabled }
  }

  // MARK: Rotation

  /// Whether the key is to be rotated by itself now; of related keys, only the primary is.
  public func isRotationDue(now: Date) -> Bool {
    guard state == .enabled, !isReplica, let rotation else { return false }
    return rotation.nextDate <= now
  }

  /// Starts, moves or ends automatic rotation.
  public mutating func setRotation(_ schedule: RotationSchedule?) {
    rotation = schedule
  }

  // MARK: Related keys

  /// Whether the key is a primary; true of no single-Region key.
  public var isPrimary: Bool { multiRegion?.primaryRegion == home.region }

  /// Whether the key is a replica.
  public var isReplica: Bool { multiRegion.map { $0.primaryRegion != home.region } ?? false }

  /// ReplicateKey, for each key of the set: the set has a replica in `region`.
  public mutating func relativeAdded(in region: Region) {
    multiRegion?.add(region)
  }

  /// UpdatePrimaryRegion, for each key of the set.
  public mutating func promote(_ region: Region) {
    multiRegion?.promote(region)
  }

  // MARK: Custom key stores

  /// The key while its custom key store is not connected: what could be used cannot.
  public func disconnected() -> Key {
    var key = self
    if state == .enabled { key.state = .unavailable }
    return key
  }
}
