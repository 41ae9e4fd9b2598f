// UUIDs: of version 4, in one spelling, never the same.

import AWSJSON
import Foundation
import Testing

@Suite struct RandomUUIDTests {
  @Test func everyOneIsAnother() {
    let ids = (0..<1000).map { _ in RandomUUID.text() }
    #expect(Set(ids).count == 1000)
    for id in ids {
      #expect(UUID(uuidString: id)?.uuidString.lowercased() == id)
      let digits = Array(id)
      #expect(digits[14] == "4" && "89ab".contains(digits[19]))
    }
  }
}
