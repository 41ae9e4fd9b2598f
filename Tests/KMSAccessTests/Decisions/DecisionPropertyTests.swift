// What holds of every decision in the table: more Denies never allow, and neither do fewer Allows or fewer grants.

import Testing

@testable import KMSAccess

@Suite struct DecisionPropertyTests {
  private static let denial = JSONNode.object([
    "Effect": .string("Deny"), "Action": .string("*"), "Resource": .string("*"),
  ])

  private static func isAllowed(_ row: DecisionCase) async throws -> Bool {
    try await row.decide().decision.isAllowed
  }

  /// Some rows of every theme, so that it is quick.
  private static func rows(_ expected: DecisionCase.Outcome) -> [DecisionCase] {
    let rows = DecisionTableTests.rows.filter { $0.expected == expected }
    return stride(from: 0, to: rows.count, by: 5).map { rows[$0] }
  }

  @Test(arguments: [DecisionCase.Outcome.allowed, .denied])
  func moreDeniesNeverAllow(_ expected: DecisionCase.Outcome) async throws {
    for row in Self.rows(expected) { try await checkMoreDenies(row) }
  }

  @Test func fewerAllowsNeverAllow() async throws {
    for row in Self.rows(.denied) { try await checkFewerAllows(row) }
  }

  private func checkMoreDenies(_ row: DecisionCase) async throws {
    for changed in row.changingEachPolicy({ policy, hasPrincipals in
      var denial = Self.denial
      if hasPrincipals { denial = denial.merged(with: .object(["Principal": .string("*")])) }
      policy.statements.append(denial)
      return [policy]
    }) {
      let isAllowed = try await Self.isAllowed(changed.row)
      // Aliases, accounts and principals have no key whose policy could speak; and on RetireGrant it has no say.
      let counts = !changed.hasPrincipals || row.request.resource == "key"
      if isAllowed && (counts || row.expected == .denied) { Issue.record("\(row.name): \(changed.row)") }
    }
  }

  private func checkFewerAllows(_ row: DecisionCase) async throws {
    for changed in row.changingEachPolicy({ policy, _ in policy.withoutEachAllow() }) {
      if try await Self.isAllowed(changed.row) { Issue.record("\(row.name): \(changed.row)") }
    }
    // A request about a grant needs it.
    guard !row.request.resource.hasPrefix("grant/") else { return }
    for place in (row.grants ?? []).indices {
      var changed = row
      changed.grants?.remove(at: place)
      if try await Self.isAllowed(changed) { Issue.record("\(row.name): \(changed)") }
    }
  }
}

extension DecisionCase {
  /// The row with one of its policies changed, for each of them and each of its changes.
  fileprivate func changingEachPolicy(
    _ change: (inout PolicySource, _ hasPrincipals: Bool) -> [PolicySource]
  ) -> [(row: DecisionCase, hasPrincipals: Bool)] {
    var rows: [(row: DecisionCase, hasPrincipals: Bool)] = []
    func collect(_ policy: PolicySource?, hasPrincipals: Bool = false, put: (inout DecisionCase, PolicySource) -> Void)
    {
      guard var policy else { return }
      for changed in change(&policy, hasPrincipals) {
        var row = self
        put(&row, changed)
        rows.append((row, hasPrincipals))
      }
    }
    for (place, policy) in (caller.policies ?? []).enumerated() {
      collect(policy) { $0.caller.policies?[place] = $1 }
    }
    collect(caller.boundary) { $0.caller.boundary = $1 }
    collect(caller.sessionPolicy) { $0.caller.sessionPolicy = $1 }
    collect(key?.policy, hasPrincipals: true) { $0.key?.policy = $1 }
    return rows
  }
}

extension PolicySource {
  /// The policy with one Allow that allows nothing of KMS any more, for each Allow; a policy may not be empty.
  fileprivate func withoutEachAllow() -> [PolicySource] {
    statements.indices.filter { statements[$0]["Effect"] == .string("Allow") }.map { place in
      var members: [String: JSONNode] = [
        "Effect": .string("Allow"), "Action": .string("s3:*"), "Resource": .string("*"),
      ]
      for name in ["Principal", "NotPrincipal"] { members[name] = statements[place][name] }
      var policy = self
      policy.statements[place] = .object(members)
      return policy
    }
  }
}
