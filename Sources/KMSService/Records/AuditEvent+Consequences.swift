// What a request makes the service do by itself, in the same Region or in others.

import KMSAccess
import KMSAudit
import KMSDomain
import KMSModel
import KMSOperations

extension AuditEvent {
  /// The records of what follows from an operation that was performed.
  static func consequences(
    of operation: KMSOperation, _ record: RequestRecord, _ caller: Caller
  ) -> [AuditEvent] {
    switch operation {
    case .replicateKey: replication(record, caller)
    case .rotateKeyOnDemand:
      keys(record).flatMap { serviceEvents("RotateKey", on: $0, time: caller.origin.time) }
    case .enableKeyRotation: keys(record).flatMap { synchronization(of: $0, time: caller.origin.time) }
    case .disableKeyRotation:
      // Nothing changes where there is no rotation.
      keys(record).filter { $0.rotation != nil }.flatMap { synchronization(of: $0, time: caller.origin.time) }
    default: []
    }
  }

  /// The records of something that the service did by itself to a key. New material goes to the replicas, too.
  static func serviceEvents(_ name: String, on key: Key, time: Double) -> [AuditEvent] {
    let event = AuditEvent(
      serviceEvent: name, in: key.home, time: time, resources: [Resource(arn: key.arn, account: key.home.account)])
    return name == "RotateKey" ? [event] + synchronization(of: key, time: time) : [event]
  }

  /// The records, one for each replica of a primary key, of its shared properties being copied there.
  private static func synchronization(of key: Key, time: Double) -> [AuditEvent] {
    guard key.isPrimary, let replicas = key.multiRegion?.replicaRegions else { return [] }
    return replicas.map { synchronization(of: key.id, in: AccountRegion(account: key.home.account, region: $0), time) }
  }

  private static func synchronization(of id: KeyID, in home: AccountRegion, _ time: Double) -> AuditEvent {
    AuditEvent(
      serviceEvent: "SynchronizeMultiRegionKey", in: home, time: time,
      resources: [Resource(arn: home.keyARN(id), account: home.account)])
  }

  /// In the replica's Region a key is made, on behalf of the caller, and gets what it shares with its primary.
  private static func replication(_ record: RequestRecord, _ caller: Caller) -> [AuditEvent] {
    guard let arn = record.madeKeyARN, let primary = keys(record).first, let region = region(of: arn) else { return [] }
    let home = AccountRegion(account: primary.home.account, region: region)
    let time = caller.origin.time
    var creation = AuditEvent(
      caller.identity, accessKeyID: caller.accessKeyID, requestID: RequestID().description,
      origin: RequestOrigin(userAgent: "AWS Internal", time: time), name: KMSOperation.createKey.rawValue,
      region: region, isReadOnly: false)
    creation.resources = [Resource(arn: arn, account: home.account)]
    return [creation, synchronization(of: primary.id, in: home, time)]
  }

  /// The keys that the request was about, as they were before.
  private static func keys(_ record: RequestRecord) -> [Key] {
    record.decided.compactMap { decided in
      if case .key(let key) = decided.demand.resource { key.record } else { nil }
    }
  }

  /// The Region in an ARN.
  private static func region(of arn: String) -> Region? {
    arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(3).first.flatMap { Region(String($0)) }
  }
}
