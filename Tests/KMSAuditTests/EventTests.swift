// Records as CloudTrail would have them.

import AWSJSON
import Foundation
import KMSAccess
import KMSDomain
import Testing

@testable import KMSAudit

@Suite struct EventTests {
  private static let members: Set<String> = [
    "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress",
    "requestParameters", "responseElements", "requestID", "eventID", "readOnly", "resources", "eventType",
    "managementEvent", "recipientAccountId", "eventCategory",
  ]

  private static func read(_ event: AuditEvent) throws -> [String: JSONValue] {
    var reader = JSONReader(event.encoded())
    let value = try reader.readDocument()
    try reader.finish()
    guard case .object(let members) = value else { return [:] }
    return members
  }

  private static func identity(_ identity: CallerIdentity) throws -> JSONValue? {
    try read(try Examples.event(identity: identity))["userIdentity"]
  }

  @Test func aRequestHasEveryMember() throws {
    let origin = RequestOrigin(
      sourceIP: "192.0.2.7", isSecure: true, userAgent: "Boto3/1.0", host: "kms.example",
      tlsVersion: "TLSv1.3", time: Examples.time)
    var event = try Examples.event("r-1", origin: origin)
    event.requestParameters = Array(#"{"keyId":"alias/app"}"#.utf8)
    event.responseElements = Array(#"{"grantId":"g"}"#.utf8)
    event.additionalEventData = [("keyMaterialId", "m"), ("customKeyStoreId", "c")]
    event.recipient = [("attestationDocumentModuleId", "i-0-enc1"), ("attestationDocumentEnclaveImageDigest", "ab")]
    event.resources = [
      AuditEvent.Resource(arn: "arn:aws:kms:eu-central-1:111122223333:key/k", account: try Examples.home().account),
      AuditEvent.Resource(
        arn: "arn:aws:kms:eu-central-1:111122223333:alias/a", account: try Examples.home().account, kind: .alias),
    ]
    var members = try Self.read(event)
    guard case .string(let id) = members.removeValue(forKey: "eventID") else {
      Issue.record("no eventID")
      return
    }
    #expect(UUID(uuidString: id) != nil && id == id.lowercased())
    members["userIdentity"] = nil
    #expect(
      members == [
        "eventVersion": .string("1.11"), "eventTime": .string("2027-01-15T08:00:00Z"),
        "eventSource": .string("kms.amazonaws.com"), "eventName": .string("Encrypt"),
        "awsRegion": .string("eu-central-1"), "sourceIPAddress": .string("192.0.2.7"),
        "userAgent": .string("Boto3/1.0"), "requestParameters": .object(["keyId": .string("alias/app")]),
        "responseElements": .object(["grantId": .string("g")]),
        "additionalEventData": .object([
          "keyMaterialId": .string("m"), "customKeyStoreId": .string("c"),
          "recipient": .object([
            "attestationDocumentModuleId": .string("i-0-enc1"),
            "attestationDocumentEnclaveImageDigest": .string("ab"),
          ]),
        ]),
        "requestID": .string("r-1"), "readOnly": .bool(true),
        "resources": .array([
          .object([
            "ARN": .string("arn:aws:kms:eu-central-1:111122223333:key/k"), "accountId": .string("111122223333"),
            "type": .string("AWS::KMS::Key"),
          ]),
          .object([
            "ARN": .string("arn:aws:kms:eu-central-1:111122223333:alias/a"), "accountId": .string("111122223333"),
            "type": .string("AWS::KMS::Alias"),
          ]),
        ]), "eventType": .string("AwsApiCall"), "managementEvent": .bool(true),
        "recipientAccountId": .string("111122223333"), "eventCategory": .string("Management"),
        "tlsDetails": .object([
          "tlsVersion": .string("TLSv1.3"), "clientProvidedHostHeader": .string("kms.example"),
        ]),
      ])
  }

  @Test func aRequestHasOnlyTheMembersThatItNeeds() throws {
    let event = try Examples.event(origin: RequestOrigin(host: "kms.example", time: Examples.time))
    let members = try Self.read(event)
    #expect(Set(members.keys) == Self.members)
    #expect(members["requestParameters"] == .null && members["responseElements"] == .null)
    #expect(members["resources"] == .array([]))
    #expect(members["sourceIPAddress"] == .string("AWS Internal"))
  }

  @Test func aRootUser() throws {
    let root = CallerIdentity.root(of: try Examples.home().account, partition: "aws")
    #expect(
      try Self.identity(root)
        == .object([
          "type": .string("Root"), "principalId": .string("111122223333"),
          "arn": .string("arn:aws:iam::111122223333:root"), "accountId": .string("111122223333"),
          "accessKeyId": .string("AKIAEXAMPLE"),
        ]))
  }

  @Test func aUser() throws {
    #expect(
      try Self.identity(try Examples.user())
        == .object([
          "type": .string("IAMUser"), "principalId": .string("AIDAEXAMPLE"),
          "arn": .string("arn:aws:iam::111122223333:user/alice"), "accountId": .string("111122223333"),
          "accessKeyId": .string("AKIAEXAMPLE"), "userName": .string("alice"),
        ]))
  }

  @Test(arguments: [false, true])
  func aSession(isFederated: Bool) throws {
    let session = CallerIdentity.AssumedRole(
      roleARN: "arn:aws:iam::111122223333:role/p/app", roleID: "AROAEXAMPLE", roleName: "app", sessionName: "s",
      issueTime: Date(timeIntervalSince1970: 1_799_999_999), sourceIdentity: isFederated ? "bob" : nil,
      federatedProvider: isFederated ? "accounts.example" : nil)
    let identity = CallerIdentity(
      arn: "arn:aws:sts::111122223333:assumed-role/app/s", account: try Examples.home().account,
      kind: .assumedRole(session), userID: "AROAEXAMPLE:s", permissions: .policies([]))
    var context: [String: JSONValue] = [
      "sessionIssuer": .object([
        "type": .string("Role"), "principalId": .string("AROAEXAMPLE"),
        "arn": .string("arn:aws:iam::111122223333:role/p/app"), "accountId": .string("111122223333"),
        "userName": .string("app"),
      ]),
      "attributes": .object([
        "creationDate": .string("2027-01-15T07:59:59Z"), "mfaAuthenticated": .string("false"),
      ]),
    ]
    if isFederated {
      context["webIdFederationData"] = .object([
        "federatedProvider": .string("accounts.example"), "attributes": .object([:]),
      ])
      context["sourceIdentity"] = .string("bob")
    }
    #expect(
      try Self.identity(identity)
        == .object([
          "type": .string("AssumedRole"), "principalId": .string("AROAEXAMPLE:s"),
          "arn": .string("arn:aws:sts::111122223333:assumed-role/app/s"), "accountId": .string("111122223333"),
          "accessKeyId": .string("AKIAEXAMPLE"), "sessionContext": .object(context),
        ]))
  }

  @Test func aRequestInTheTrailsOfSeveralAccounts() throws {
    let event = try Examples.event("r-1")
    let own = event.recipientAccount
    let (first, second) = (try #require(AccountID("444455556666")), try #require(AccountID("777788889999")))
    #expect(event.shared(with: []).map(\.eventID) == [event.eventID])
    #expect(event.shared(with: [own, own]).map(\.sharedEventID) == [nil])

    let records = event.shared(with: [own, first, second, first])
    #expect(records.map(\.recipientAccount) == [own, first, second])
    #expect(records[0].eventID == event.eventID && Set(records.map(\.eventID)).count == 3)
    let members = try records.map { try Self.read($0) }
    #expect(members[0]["userIdentity"] == (try Self.read(event)["userIdentity"]))
    for other in members.dropFirst() {
      #expect(
        other["userIdentity"]
          == .object([
            "type": .string("AWSAccount"), "principalId": .string("AIDAEXAMPLE"), "accountId": .string("111122223333"),
          ]))
      #expect(other["sharedEventID"] != nil && other["sharedEventID"] == members[0]["sharedEventID"])
      #expect(other["requestID"] == .string("r-1") && other["eventType"] == .string("AwsApiCall"))
    }
    #expect(members[2]["recipientAccountId"] == .string("777788889999"))
    // What nobody asked for belongs to one account.
    let service = AuditEvent(serviceEvent: "RotateKey", in: try Examples.home(), time: Examples.time, resources: [])
    #expect(service.shared(with: [first]).map(\.eventID) == [service.eventID])
  }

  @Test func somethingTheServiceDidByItself() throws {
    let members = try Self.read(
      AuditEvent(serviceEvent: "RotateKey", in: try Examples.home(), time: Examples.time, resources: []))
    #expect(Set(members.keys) == Self.members.subtracting(["requestID"]).union(["userAgent"]))
    #expect(
      members["userIdentity"]
        == .object(["accountId": .string("111122223333"), "invokedBy": .string("AWS Internal")]))
    #expect(members["eventType"] == .string("AwsServiceEvent") && members["readOnly"] == .bool(false))
    #expect(members["sourceIPAddress"] == .string("AWS Internal") && members["userAgent"] == .string("AWS Internal"))
    #expect(members["requestParameters"] == .null)
  }

  @Test func everyRecordHasAnIDOfItsOwn() throws {
    let ids = try (0..<100).map { _ in try Self.read(try Examples.event())["eventID"] }
    #expect(Set(ids.map { "\(String(describing: $0))" }).count == 100)
  }

  @Test(arguments: [
    ("AccessDeniedException", "AccessDenied"), ("DryRunOperationException", "DryRunOperationException"),
    ("NotFoundException", "NotFoundException"),
  ])
  func aRefusal(code: String, recorded: String) throws {
    var event = try Examples.event()
    event.refusal = AuditEvent.Refusal(code: code, message: nil)
    #expect(try Self.read(event)["errorCode"] == .string(recorded))
    #expect(try Self.read(event)["errorMessage"] == nil)
    event.refusal = AuditEvent.Refusal(code: code, message: "no")
    #expect(try Self.read(event)["errorMessage"] == .string("no"))
  }

  @Test func textsOfCallersAreBoundedAndOnOneLine() throws {
    let hostile = "\n\r\u{2028}\"\\\0😀é"
    let long = String(repeating: hostile, count: 1000)
    let origin = RequestOrigin(sourceIP: long, isSecure: true, userAgent: long, host: long, time: .infinity)
    var event = try Examples.event(origin: origin)
    event.refusal = AuditEvent.Refusal(code: "ValidationException", message: long)
    event.additionalEventData = [("x", long)]
    let text = event.encoded()
    #expect(text.count < 100_000)
    #expect(!text.contains { $0 < 0x20 })
    let members = try Self.read(event)
    #expect(members["userAgent"] == .string(String(String.UnicodeScalarView(long.unicodeScalars.prefix(1024)))))
    #expect(members["errorMessage"] == .string(String(String.UnicodeScalarView(long.unicodeScalars.prefix(4096)))))

    event.refusal = AuditEvent.Refusal(code: "ValidationException", message: hostile)
    #expect(try Self.read(event)["errorMessage"] == .string(hostile))
  }

  @Test func parametersAreLeftOutWhenTheyAreTooLong() throws {
    var event = try Examples.event()
    event.requestParameters = Array("\"\(String(repeating: "x", count: 102_398))\"".utf8)
    guard case .string = try Self.read(event)["requestParameters"] else {
      Issue.record("left out too early")
      return
    }
    event.requestParameters = Array("\"\(String(repeating: "x", count: 102_399))\"".utf8)
    #expect(
      try Self.read(event)["requestParameters"]
        == .object([
          "omitted": .bool(true), "originalSize": .integer(102_401), "reason": .string("longer than 102400 bytes"),
        ]))
  }
}
