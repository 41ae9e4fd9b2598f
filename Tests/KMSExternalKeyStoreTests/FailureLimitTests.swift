// How much of a proxy's failures is logged.

import KMSOperations
import Testing

@testable import KMSExternalKeyStore

@Suite struct FailureLimitTests {
  private let start = ContinuousClock.now

  private func admit(_ limit: FailureLimit, _ failure: ProxyFailure, _ proxy: String = "a", after seconds: Int = 0)
    -> Int?
  {
    limit.admit(failure, of: proxy, at: start + .seconds(seconds))
  }

  @Test func tenInAMinuteAndACountOfTheRest() {
    let limit = FailureLimit()
    let answers = (0..<25).map { admit(limit, .timeout, after: $0) }
    #expect(answers == [Int?](repeating: 0, count: 10) + [Int?](repeating: nil, count: 15))
    #expect(admit(limit, .timeout, after: 59) == nil)
    #expect(admit(limit, .timeout, after: 60) == 16)
    #expect(admit(limit, .timeout, after: 61) == 0)
  }

  @Test func anotherKindIsSeen() {
    let limit = FailureLimit()
    for _ in 0..<13 { _ = admit(limit, .timeout) }
    #expect(admit(limit, .tls) == 3)
    #expect(admit(limit, .tls) == nil)
  }

  @Test func proxiesCountAlone() {
    let limit = FailureLimit()
    for _ in 0..<20 { _ = admit(limit, .timeout, "a") }
    #expect(admit(limit, .timeout, "b") == 0)
    #expect(admit(limit, .timeout, "a") == nil)
  }
}
