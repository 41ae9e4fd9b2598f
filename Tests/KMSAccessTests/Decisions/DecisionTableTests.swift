// The rules of access, row by row: `Cases/*.json`, which were written from AWS's documentation and not from the code.

import Testing

@testable import KMSAccess

@Suite struct DecisionTableTests {
  private static let loaded = Result { try DecisionCaseFile.rows() }
  /// Empty when the table cannot be read, which ``table()`` finds.
  static let rows: [DecisionCase] = (try? loaded.get()) ?? []
  /// Every condition of every row, with what the row expects; parsed once.
  private static let conditions = Result {
    try rows.flatMap { row in try row.conditions().map { (condition: $0, expected: row.expected) } }
  }

  /// What rows expect that have a condition of some sort.
  private static func outcomes(_ isMeant: (PolicyCondition) -> Bool) throws -> Set<DecisionCase.Outcome> {
    Set(try conditions.get().filter { isMeant($0.condition) }.map(\.expected))
  }

  @Test(arguments: rows)
  func decides(_ row: DecisionCase) async throws {
    let (decision, message) = try await row.decide()
    #expect(decision.isAllowed == (row.expected == .allowed), "\(row.why) But: \(decision)")
    if let because = row.because { #expect(decision.because == because, "\(row.why)") }
    if let expected = row.message { #expect(message == expected, "\(row.why)") }
  }

  @Test func table() throws {
    let rows = try Self.loaded.get()
    #expect(rows.count >= 300)
    #expect(Set(rows.map(\.name)).count == rows.count, "two rows have one name")
    #expect(rows.allSatisfy { !$0.name.isEmpty && !$0.why.isEmpty })
    #expect(rows.allSatisfy { $0.message == nil || $0.expected == .denied })
  }

  /// Each condition key lets something through and stops something, somewhere.
  @Test(arguments: ConditionKey.Name.allCases)
  func conditionKey(_ name: ConditionKey.Name) throws {
    #expect(try Self.outcomes { $0.conditionKey == .named(name) } == [.allowed, .denied])
  }

  @Test(arguments: [
    "kms:EncryptionContext:app", "aws:ResourceTag/team", "aws:RequestTag/team", "aws:PrincipalTag/team",
    "kms:RecipientAttestation:PCR0",
  ])
  func conditionKeyFamily(_ key: String) throws {
    #expect(try Self.outcomes { $0.conditionKey == ConditionKey(key) } == [.allowed, .denied])
  }

  @Test(arguments: ConditionOperator.allCases)
  func conditionOperator(_ comparison: ConditionOperator) throws {
    #expect(try Self.outcomes { $0.comparison == comparison } == [.allowed, .denied])
  }

  @Test func everyBasisAndReason() {
    let explained = Set(Self.rows.compactMap(\.because).map { $0.hasPrefix("grant:") ? "grant" : $0 })
    var all: Set = [
      "keyPolicy", "identityPolicy", "root", "grant", "retirement", "noIdentityPolicy", "noKeyPolicy", "elsewhere",
      "notRetirable", "filtered:permissionsBoundary", "filtered:session",
    ]
    all.formUnion(PolicyLayer.allCases.map { "explicitDeny:\($0.rawValue)" })
    #expect(explained == all)
  }

  /// Every way of telling a caller why has its exact text in some row.
  @Test func everyExplanation() {
    let told = Set(Self.rows.filter { $0.message != nil }.compactMap(\.because))
    var all: Set = ["noIdentityPolicy", "noKeyPolicy", "elsewhere", "filtered:permissionsBoundary", "filtered:session"]
    all.formUnion(PolicyLayer.allCases.map { "explicitDeny:\($0.rawValue)" })
    #expect(told == all)
  }
}

extension DecisionCase {
  /// The conditions of all policies of the row.
  fileprivate func conditions() throws -> [PolicyCondition] {
    let identity = try identity()
    var statements = [identity.permissionsBoundary, identity.sessionPolicy].compactMap(\.self).flatMap(\.statements)
    if case .policies(let policies) = identity.permissions { statements += policies.flatMap(\.policy.statements) }
    if key != nil { statements += try guardedKey().policy?.statements ?? [] }
    return statements.flatMap(\.conditions)
  }
}
