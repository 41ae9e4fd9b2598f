// How often the page of metrics is written, and who gets an old one.

import NIOCore
import Testing

@testable import KMSServer

@Suite
struct MetricsPagesTests {
  private static let load = HTTPServer.Load(requestsInFlight: 0, openConnections: 0, refusals: 0)

  private func time(_ milliseconds: Int64) -> NIODeadline { .uptimeNanoseconds(1) + .milliseconds(milliseconds) }

  @Test(arguments: [1, 3, 50])
  func aSecondHasSoManyPages(limit: Int) {
    let written = Tally()
    let pages = MetricsPages(perSecond: limit) { _ in
      written.increment()
      return []
    }
    for second in 0..<3 {
      for asked in 1...200 {
        _ = pages.page(Self.load, now: time(Int64(second * 1000 + asked)))
        #expect(written.value == second * limit + min(asked, limit))
      }
    }
  }

  @Test func whoeverAsksTooOftenGetsTheLastPage() {
    let written = Tally()
    let pages = MetricsPages(perSecond: 2) { _ in [UInt8(written.increment())] }
    #expect([0, 1, 2, 999].map { pages.page(Self.load, now: time($0)) } == [[1], [2], [2], [2]])
    #expect(pages.page(Self.load, now: time(1000)) == [3])
  }

  @Test(arguments: [0, -1])
  func atLeastOnePageIsWritten(limit: Int) {
    let pages = MetricsPages(perSecond: limit) { _ in [7] }
    #expect([0, 1].map { pages.page(Self.load, now: time($0)) } == [[7], [7]])
  }

  @Test func aPageThatCannotBeWrittenIsNotTriedAgainAtOnce() {
    let tried = Tally()
    let pages = MetricsPages(perSecond: 1) { _ in
      tried.increment()
      return nil
    }
    for _ in 0..<10 { #expect(pages.page(Self.load, now: time(0)) == nil) }
    #expect(tried.value == 1)
  }

  @Test func threadsShareThePages() async {
    let written = Tally()
    let pages = MetricsPages(perSecond: 5) { _ in [UInt8(written.increment())] }
    let now = time(0)
    await withTaskGroup(of: [UInt8]?.self) { group in
      for _ in 0..<500 { group.addTask { pages.page(Self.load, now: now) } }
      for await page in group { #expect(page.map { (1...5).contains($0[0]) } == true) }
    }
    #expect(written.value == 5)
  }
}
