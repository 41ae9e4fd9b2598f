// Policies by chance: the service's evaluation agrees with a plain one, and statements do only what their effect says.

import KMSDomain
import Testing

@testable import KMSAccess

@Suite struct PolicyPropertyTests {
  private static let version = #""Version":"2012-10-17","#

  private func query(_ request: (plain: ReferencePolicy.Request, values: FixedValues)) -> PolicyQuery<FixedValues> {
    PolicyQuery(action: request.plain.action, resource: request.plain.resource, values: request.values)
  }

  private func evaluate(
    _ policy: KeyPolicy, _ request: (plain: ReferencePolicy.Request, values: FixedValues)
  ) throws -> KeyPolicyVerdict {
    let caller = try #require(PrincipalARN(request.plain.caller))
    let account = try #require(AccountID(request.plain.account))
    return policy.evaluate(
      query(request), for: caller, roleARN: request.plain.role.flatMap { PrincipalARN($0) }, of: account)
  }

  private static func way(_ match: PrincipalMatch) -> String {
    switch match {
    case .anyone: "anyone"
    case .user: "user"
    case .session: "session"
    case .role: "role"
    case .root: "root"
    }
  }

  @Test func identityPoliciesAgreeWithTheReference() throws {
    var policies = RandomPolicies(seed: 1)
    var (allowed, denied, all) = (0, 0, 0)
    for _ in 0..<2_000 {
      let statements = policies.statements(1...4, allowing: 65, hasPrincipals: false)
      let text = policies.document(statements)
      let policy = try IdentityPolicy(text)
      let reference = try ReferencePolicy(text)
      for _ in 0..<6 {
        let request = policies.request()
        let verdict = policy.evaluate(query(request))
        let answer = ReferencePolicy.Answer(
          denied: verdict.deniedBy?.description, allowed: verdict.allowedBy?.description)
        let expected = reference.answer(request.plain)
        guard answer == expected else {
          Issue.record("\(text)\n\(request)\nexpected \(expected), got \(answer)")
          return
        }
        all += 1
        if answer.allowed != nil { allowed += 1 }
        if answer.denied != nil { denied += 1 }
      }
    }
    // Neither answer is a rarity.
    #expect((all / 50...all * 49 / 50).contains(allowed) && (all / 50...all * 49 / 50).contains(denied))
  }

  @Test func keyPoliciesAgreeWithTheReference() throws {
    var policies = RandomPolicies(seed: 2)
    var ways: [String: Int] = [:]
    for _ in 0..<2_000 {
      let statements = policies.statements(1...5, allowing: 70, hasPrincipals: true)
      let text = policies.document(statements)
      let policy = try KeyPolicy(text, partition: "aws")
      let reference = try ReferencePolicy(text)
      for _ in 0..<6 {
        let request = policies.request()
        let verdict = try evaluate(policy, request)
        let answer = ReferencePolicy.Answer(
          denied: verdict.deniedBy?.description, direct: verdict.direct?.statement.description,
          way: verdict.direct.map { Self.way($0.match) }, account: verdict.account?.description)
        let expected = reference.answerForCaller(request.plain)
        guard answer == expected else {
          Issue.record("\(text)\n\(request)\nexpected \(expected), got \(answer)")
          return
        }
        ways[answer.way ?? "none", default: 0] += 1
        if answer.account != nil { ways["account", default: 0] += 1 }
        if answer.denied != nil { ways["denied", default: 0] += 1 }
      }
    }
    for way in ["none", "anyone", "user", "session", "role", "root", "account", "denied"] {
      #expect(ways[way, default: 0] >= 20, "\(ways)")
    }
  }

  /// Whether a policy lets a request through, the caller's account willing.
  private func isAllowed(
    _ statements: [String], _ request: (plain: ReferencePolicy.Request, values: FixedValues), hasPrincipals: Bool
  ) throws -> Bool {
    guard !statements.isEmpty else { return false }
    let text = RandomPolicies.document(statements, version: Self.version)
    if hasPrincipals {
      let verdict = try evaluate(KeyPolicy(text, partition: "aws"), request)
      return verdict.deniedBy == nil && (verdict.direct != nil || verdict.account != nil)
    }
    let verdict = try IdentityPolicy(text).evaluate(query(request))
    return verdict.deniedBy == nil && verdict.allowedBy != nil
  }

  @Test(arguments: [false, true])
  func deniesOnlyTakeAndAllowsOnlyGive(hasPrincipals: Bool) throws {
    var policies = RandomPolicies(seed: hasPrincipals ? 3 : 4)
    var (taken, given) = (0, 0)
    for _ in 0..<1_500 {
      let allows = policies.statements(1...3, allowing: 100, hasPrincipals: hasPrincipals)
      let denies = policies.statements(0...1, allowing: 0, hasPrincipals: hasPrincipals)
      let denial = policies.statements(1...1, allowing: 0, hasPrincipals: hasPrincipals)
      for _ in 0..<3 {
        let request = policies.request()
        let before = try isAllowed(allows + denies, request, hasPrincipals: hasPrincipals)
        let after = try isAllowed(allows + denies + denial, request, hasPrincipals: hasPrincipals)
        #expect(before || !after, "\(allows) \(denies) \(denial) \(request)")
        if before && !after { taken += 1 }
        let fewer = try isAllowed(Array(allows.dropFirst()) + denies, request, hasPrincipals: hasPrincipals)
        #expect(before || !fewer, "\(allows) \(denies) \(request)")
        if before && !fewer { given += 1 }
      }
    }
    #expect(taken >= 10 && given >= 10)
  }
}
