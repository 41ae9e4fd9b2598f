@testable import NitroAttestation
import Testing

@Suite struct CBORMapTests {
  @Test("keeps the order of its entries and one value a key")
  func order() {
    var map = CBORMap([("b", .unsigned(1)), ("a", .unsigned(2)), ("b", .unsigned(3))])
    map[.negative(0)] = .null
    map[.text("c")] = nil
    #expect(map.entries.map(\.key) == [.text("b"), .text("a"), .negative(0)])
    #expect(map[.text("b")] == .unsigned(3))
    #expect(map[.text("c")] == nil)
    #expect(CBORWriter.write(.map(map)) == [0xA3, 0x61, 0x62, 0x03, 0x61, 0x61, 0x02, 0x20, 0xF6])
  }
}
