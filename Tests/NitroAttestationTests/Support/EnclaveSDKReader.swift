// Reads an envelope as AWS's enclave SDK does, which is how we know that it will.

@testable import NitroAttestation

/// The rules of aws-nitro-enclaves-sdk-c, `source/cms.c`: asked for the next value, its parser gives the header alone
/// when the length is indefinite, and the whole value when it is not.
struct EnclaveSDKReader {
  struct Refusal: Error {
    let offset: Int
  }

  private let input: [UInt8]
  private var offset: Int
  private let end: Int

  private init(_ input: [UInt8], _ range: Range<Int>) {
    self.input = input
    offset = range.lowerBound
    end = range.upperBound
  }

  static func read(_ envelope: [UInt8]) throws -> EnvelopedData {
    var reader = EnclaveSDKReader(envelope, envelope.indices)
    try reader.stepInto(0x30)
    try reader.expect(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03])
    try reader.stepInto(0xA0)
    try reader.stepInto(0x30)
    try reader.expect(0x02, [2])
    var recipients = EnclaveSDKReader(envelope, try reader.whole(0x31))
    var recipient = EnclaveSDKReader(envelope, try recipients.whole(0x30))
    guard recipients.isAtEnd else { throw recipients.refusal }
    try recipient.expect(0x02, [2])
    let identifier = try recipient.whole(0x80)
    var algorithm = EnclaveSDKReader(envelope, try recipient.whole(0x30))
    try algorithm.expect(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x07])
    let encryptedKey = try recipient.whole(0x04)
    guard recipient.isAtEnd else { throw recipient.refusal }
    try reader.stepInto(0x30)
    try reader.expect(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01])
    var cipher = EnclaveSDKReader(envelope, try reader.whole(0x30))
    try cipher.expect(0x06, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2A])
    let vector = try cipher.whole(0x04)
    try reader.stepInto(0xA0)
    var content: [UInt8] = []
    while reader.next == 0x04 { content += envelope[try reader.whole(0x04)] }
    guard Array(envelope[reader.offset...]) == [UInt8](repeating: 0, count: 10) else { throw reader.refusal }
    return EnvelopedData(
      subjectKeyIdentifier: Array(envelope[identifier]), encryptedKey: Array(envelope[encryptedKey]),
      initializationVector: Array(envelope[vector]), encryptedContent: content)
  }

  private var refusal: Refusal { Refusal(offset: offset) }
  private var isAtEnd: Bool { offset == end }
  private var next: UInt8? { offset < end ? input[offset] : nil }

  private mutating func byte() throws -> UInt8 {
    guard let next else { throw refusal }
    offset += 1
    return next
  }

  /// A tag and a length; nil for an indefinite one.
  private mutating func header(_ tag: UInt8) throws -> Int? {
    guard try byte() == tag else { throw refusal }
    let first = try byte()
    switch first {
    case ..<0x80: return Int(first)
    case 0x80: return nil
    case 0x81: return Int(try byte())
    case 0x82: return Int(try byte()) << 8 | Int(try byte())
    default: throw refusal
    }
  }

  private mutating func stepInto(_ tag: UInt8) throws {
    guard try header(tag) == nil else { throw refusal }
  }

  private mutating func whole(_ tag: UInt8) throws -> Range<Int> {
    guard let length = try header(tag), length <= end - offset else { throw refusal }
    defer { offset += length }
    return offset..<(offset + length)
  }

  private mutating func expect(_ tag: UInt8, _ content: [UInt8]) throws {
    guard Array(input[try whole(tag)]) == content else { throw refusal }
  }
}
