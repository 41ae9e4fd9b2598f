// What the service does by itself is in the audit trail, too.

import Foundation
import KMSAudit
import KMSModel
import KMSOperations
import KMSService
import Logging
import SecureMemory
import Testing

@Suite struct ServiceEventTests {
  private struct Record: Decodable {
    struct Identity: Decodable {
      let accountId: String
      let invokedBy: String
    }
    struct Resource: Decodable {
      let ARN: String
    }
    let eventName: String
    let awsRegion: String
    let eventType: String
    let userIdentity: Identity
    let resources: [Resource]
    let readOnly: Bool
  }

  /// The records that `work` leaves.
  private func records(
    _ service: TestService, _ work: (BackgroundWork) async throws -> Void
  ) async throws -> [Record] {
    let directory = FileManager.default.temporaryDirectory.appending(path: "keywright-events-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let trail = try await AuditTrail(
      directory: directory.path(percentEncoded: false), key: SecretBytes([UInt8](repeating: 7, count: 32)),
      heads: StoredAuditHead(store: service.store), logger: logger, now: { Date() })
    try await work(BackgroundWork(context: service.context, trail: trail, logger: logger))
    await trail.close()
    let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
    return try files.flatMap { try String(contentsOf: $0, encoding: .utf8).split(separator: "\n") }
      .map { try JSONDecoder().decode(Record.self, from: Data($0.utf8)) }
  }

  @Test func rotationAndDeletion() async throws {
    let service = try await TestService()
    let rotating = try await service.makeKey()
    let leaving = try await service.makeKey()
    _ = try await service.call(
      EnableKeyRotation.self, EnableKeyRotationInput(keyID: rotating.keyID, rotationPeriodInDays: 90))
    _ = try await service.call(
      ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: leaving.keyID, pendingWindowInDays: 7))
    let records = try await records(service) { work in
      await work.doWhatIsDue()
      service.advance(by: 100 * 86_400)
      await work.doWhatIsDue()
      await work.doWhatIsDue()
    }
    #expect(Set(records.map(\.eventName)) == ["RotateKey", "DeleteKey"])
    #expect(records.count == 2)
    for record in records {
      #expect(record.eventType == "AwsServiceEvent" && !record.readOnly)
      #expect(record.userIdentity.accountId == "111122223333" && record.userIdentity.invokedBy == "AWS Internal")
      #expect(record.resources.map(\.ARN) == [record.eventName == "RotateKey" ? rotating.arn : leaving.arn])
    }
  }

  @Test func newMaterialGoesToTheReplicas() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(multiRegion: true))
    for region in ["eu-west-1", "ap-south-1"] {
      _ = try await service.call(ReplicateKey.self, ReplicateKeyInput(keyID: key.keyID, replicaRegion: region))
    }
    _ = try await service.call(
      EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID, rotationPeriodInDays: 90))
    let records = try await records(service) { work in
      service.advance(by: 100 * 86_400)
      await work.doWhatIsDue()
    }
    #expect(
      records.map { [$0.eventName, $0.awsRegion] } == [
        ["RotateKey", "us-east-1"], ["SynchronizeMultiRegionKey", "ap-south-1"],
        ["SynchronizeMultiRegionKey", "eu-west-1"],
      ])
    #expect(records.last?.resources.map(\.ARN) == ["arn:aws:kms:eu-west-1:111122223333:key/\(key.keyID)"])
  }

  @Test func theEndOfImportedMaterial() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(origin: .external))
    try await ImportParameters(for: key.keyID, service)
      .importMaterial([UInt8](repeating: 9, count: 32), service, validTo: service.now.addingTimeInterval(3600))
    let records = try await records(service) { work in
      service.advance(by: 7200)
      await work.doWhatIsDue()
    }
    #expect(records.map(\.eventName) == ["DeleteExpiredKeyMaterial"])
    #expect(records.first?.resources.map(\.ARN) == [key.arn])
  }
}
