// What the authorizer makes of operations that ask for too little.

import KMSDomain
import Testing

@testable import KMSAccess

@Suite struct AuthorizerTests {
  /// An operation that asks for as many permissions as it is told to.
  private enum Operation: AuthorizableOperation {
    static func demands(of input: Int, on resource: Void) -> [AccessDemand] {
      Array(repeating: AccessDemand("GenerateRandom", on: .account), count: input)
    }
  }

  /// Nothing is there to be looked up.
  private struct NoFacts: AccessFacts {
    func grants(on key: Key, to grantee: String) async throws(Fault) -> GrantIndex { GrantIndex([]) }
    func aliases(of key: Key) async throws(Fault) -> [String] { [] }
    func lastUse(of key: Key) async throws(Fault) -> Double { 0 }
  }

  @Test("Who asks for no permission gets none, whoever it is", arguments: [0, 1, 2])
  func demands(count: Int) async throws {
    let account = try #require(AccountID("111122223333"))
    let caller = Caller(
      identity: .root(of: account, partition: "aws"),
      home: AccountRegion(account: account, region: try #require(Region("us-east-1"))), accessKeyID: "AKIAEXAMPLE",
      requestID: "request", origin: RequestOrigin(time: 0))
    var decided: [DecidedDemand] = []
    var refusal: Fault?
    do throws(Fault) {
      _ = try await Authorizer(facts: NoFacts()).authorize(Operation.self, caller, count, on: (), decided: &decided)
    } catch {
      refusal = error
    }
    #expect(refusal?.kind == (count == 0 ? .internalFailure : nil))
    #expect(decided.count == count)
  }
}
