// Every operation is an action by which policies find their statements.

import KMSModel
import Testing

@testable import KMSAccess

@Suite struct KnownActionTests {
  @Test func everyOperationIsOne() {
    var actions = Set(KMSOperation.allCases.map(\.rawValue))
    actions.remove("ReEncrypt")
    actions.formUnion(["ReEncryptFrom", "ReEncryptTo"])
    #expect(Set(KnownAction.names) == actions)
    #expect(KnownAction.names.count <= UInt64.bitWidth)
    let bits = KnownAction.names.compactMap { KnownAction("kms:" + $0)?.bit }
    #expect(Set(bits).count == KnownAction.names.count)
    #expect(KnownAction("kms:Nothing") == nil && KnownAction("sts:AssumeRole") == nil)
  }
}
