// The chain, computed a second time from its description.

import Crypto
import Foundation
import SecureMemory
import Testing

@testable import KMSAudit

@Suite struct ChainTests {
  /// The description in as few words as possible.
  private func chain(of lines: [String]) throws -> [String] {
    let key = Examples.key.withUnsafeBytes { SymmetricKey(data: $0) }
    var previous = Data(count: 32)
    return try lines.enumerated().map { index, line in
      let content = try #require(line.range(of: #","keywright""#, options: .backwards)).lowerBound
      var number = UInt64(index + 1).bigEndian
      previous = Data(
        HMAC<SHA256>.authenticationCode(
          for: previous + Data(bytes: &number, count: 8) + Data(line[..<content].utf8), using: key))
      return previous.map { String(format: "%02x", $0) }.joined()
    }
  }

  @Test func everyLineHasTheLinkThatItsDescriptionGives() async throws {
    let place = try TrailPlace()
    try await place.record(1...3)
    try await place.record(4...5)
    let lines = try place.lines()
    let links = try chain(of: lines)
    for (index, (line, link)) in zip(lines, links).enumerated() {
      #expect(line.hasSuffix(",\"keywright\":{\"sequence\":\(index + 1),\"chain\":\"\(link)\"}}"))
      #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
    }
    #expect(try place.requestIDs() == ["1", "2", "3", "4", "5"])
  }

  @Test func filesAreForTheirOwnerAlone() async throws {
    let place = try TrailPlace()
    try await place.record(1...1)
    #expect(try mode(place.directory) == 0o700)
    #expect(try mode(try place.onlyFile()) == 0o600)
    #expect(try place.onlyFile().hasSuffix("/audit-000000000001.jsonl"))
  }

  @Test(arguments: [1, 9, 10, 4_294_967_296, UInt64.max])
  func aSealReadsBack(sequence: UInt64) throws {
    let link = (0..<32).map { UInt8($0 * 7) }
    var line: [UInt8] = []
    AuditSeal(sequence: sequence, link: link).appendLine(of: Array(#"{"a":1"#.utf8)[...], to: &line)
    #expect(line.count <= 6 + AuditSeal.maximumBytes)
    let (content, seal) = try #require(AuditSeal.split(line.dropLast()))
    #expect(Array(content) == Array(#"{"a":1"#.utf8) && seal.sequence == sequence && seal.link == link)
  }

  @Test(arguments: [
    "", "{}", #"{"a":1}"#, "LINK", #"{"a":1,"keywright":{"sequence":1,"chain":"LINK"}"#,
    #"{"a":1,"keywright":{"sequence":01,"chain":"LINK"}}"#, #"{"a":1,"keywright":{"sequence":0,"chain":"LINK"}}"#,
    #"{"a":1,"keywright":{"sequence":,"chain":"LINK"}}"#, #"{"a":1,"keywright":{"sequence":-1,"chain":"LINK"}}"#,
    #"{"a":1,"keywright":{"sequence":18446744073709551616,"chain":"LINK"}}"#,
    #"{"a":1,"keywright":{"sequence":1,"chain":"0LINK"}}"#, #"{"a":1,"keywright":{"sequence":1,"chain":""}}"#,
    #"{"a":1,"keywright":{"sequence": 1,"chain":"LINK"}}"#, #"{"a":1,"keywright":{"sequence":1,"chain":"LINK"}} "#,
    #","keywright":{"sequence":1,"chain":"LINK"}}"#, #"["a","keywright":{"sequence":1,"chain":"LINK"}}"#,
  ])
  func anythingElseIsNoSeal(line: String) {
    let good = String(repeating: "a0", count: 32)
    #expect(AuditSeal.split(Array(line.replacing("LINK", with: good).utf8)[...]) == nil)
    #expect(AuditSeal.split(Array(line.replacing("LINK", with: good.uppercased()).utf8)[...]) == nil)
    #expect(AuditSeal.split(Array(#"{"a":1,"keywright":{"sequence":1,"chain":"\#(good)"}}"#.utf8)[...]) != nil)
  }

  @Test func aHeadReadsBackUnderItsKeyOnly() throws {
    let chain = AuditChain(key: Examples.key)
    let head = AuditHead(
      position: ChainPosition(sequence: 0x0102_0304_0506_0708, link: (0..<32).map { UInt8($0) }),
      file: AuditFileName(firstSequence: 77))
    let bytes = head.sealed(by: chain)
    let read = try #require(AuditHead(bytes, sealedBy: chain))
    #expect(read.position.sequence == head.position.sequence && read.position.link == head.position.link)
    #expect(read.file == head.file)
    #expect(AuditHead(bytes, sealedBy: AuditChain(key: Examples.anotherKey)) == nil)
    for index in bytes.indices {
      var altered = bytes
      altered[index] ^= 1
      #expect(AuditHead(altered, sealedBy: chain) == nil)
      #expect(AuditHead(Array(bytes[..<index]), sealedBy: chain) == nil)
    }
    #expect(AuditHead(bytes + [0], sealedBy: chain) == nil)
  }

  @Test(arguments: [
    "audit-1.jsonl", "audit-0000000000001.jsonl", "audit-000000000001.jsonl.gz", "audit-+00000000001.jsonl",
    "audit-00000000000x.jsonl", "000000000001", "audit-.jsonl", "",
  ])
  func otherNamesAreNoFilesOfTheTrail(name: String) {
    #expect(AuditFileName(name) == nil)
  }

  @Test func namesAreInOrder() {
    let numbers: [UInt64] = [1, 2, 10, 999_999_999_999, 1_000_000_000_000]
    let names = numbers.map { AuditFileName(firstSequence: $0) }
    #expect(names.shuffled().sorted() == names)
    for name in names { #expect(AuditFileName(name.description) == name) }
  }
}
