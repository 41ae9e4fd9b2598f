import Testing

@testable import NitroAttestation

@Suite struct AttestationDocumentTests {
  static let fields = TestChain.fields(bundle: [[1], [2]], leaf: [3])

  static func bytes(_ count: Int) -> CBORValue { .bytes([UInt8](repeating: 1, count: count)) }

  static func decode(_ edit: (inout CBORMap) -> Void = { _ in }) throws(AttestationError) -> AttestationDocument {
    var fields = Self.fields
    edit(&fields)
    return try AttestationDocument(decoding: CBORWriter.write(.map(fields)))
  }

  @Test("reads every field, and writes what it read")
  func reads() throws {
    let document = try Self.decode()
    #expect(document.moduleID == "i-1-enc2")
    #expect(document.timestamp == 1_772_366_398_000)
    #expect(document.digest == "SHA384")
    #expect(document.pcrs.mapValues(\.count) == [0: 48, 1: 48, 15: 48])
    #expect(document.pcrs[15] == [UInt8](repeating: 15, count: 48))
    #expect(document.nitroTPMPCRs.isEmpty)
    #expect(document.certificate == [3])
    #expect(document.caBundle == [[1], [2]])
    #expect(document.publicKey == TestPublicKey.rsa2048)
    #expect(document.userData == [1, 2, 3])
    #expect(document.nonce == [])
    #expect(document.encoded == CBORWriter.write(.map(Self.fields)))
  }

  @Test(
    "needs the fields that the format needs",
    arguments: [.moduleID, .digest, .timestamp, .pcrs, .certificate, .caBundle] as [AttestationDocument.Field])
  func missing(field: AttestationDocument.Field) {
    let others = CBORMap(
      AttestationDocument.Field.allCases.filter { $0 != field }
        .compactMap { name in Self.fields[.text(name.rawValue)].map { (name.rawValue, $0) } })
    #expect(throws: AttestationError.missingField(field)) {
      try AttestationDocument(decoding: CBORWriter.write(.map(others)))
    }
    #expect(throws: AttestationError.invalidField(field)) { try Self.decode { $0[.text(field.rawValue)] = .null } }
  }

  @Test("takes null for the absence of an optional field")
  func null() throws {
    let document = try Self.decode { fields in
      for name in ["public_key", "user_data", "nonce"] { fields[.text(name)] = .null }
    }
    #expect(document.publicKey == nil && document.userData == nil && document.nonce == nil)
  }

  @Test("reads a NitroTPM's registers in place of an enclave's, and never both")
  func nitroTPM() throws {
    let registers = CBORValue.map(TestChain.registers([4: 48]))
    #expect(throws: AttestationError.invalidField(.nitroTPMPCRs)) {
      try Self.decode { $0[.text("nitrotpm_pcrs")] = registers }
    }
    var fields = CBORMap()
    for entry in Self.fields.entries where entry.key != .text("pcrs") { fields[entry.key] = entry.value }
    fields[.text("nitrotpm_pcrs")] = registers
    let document = try AttestationDocument(decoding: CBORWriter.write(.map(fields)))
    #expect(document.pcrs.isEmpty)
    #expect(document.nitroTPMPCRs.keys.sorted() == [4])
    #expect(try AttestationDocument(decoding: document.encoded) == document)
  }

  @Test(
    "accepts the limits of the format",
    arguments: [
      ("module_id", .text("i")), ("timestamp", .unsigned(1)), ("timestamp", .unsigned(.max)),
      ("pcrs", .map(TestChain.registers([31: 64]))), ("pcrs", .map(TestChain.registers([0: 32]))),
      ("certificate", bytes(1024)), ("cabundle", .array([bytes(1024)])), ("public_key", bytes(1024)),
      ("user_data", bytes(512)), ("nonce", bytes(512)), ("user_data", bytes(0)),
    ] as [(String, CBORValue)])
  func limits(name: String, value: CBORValue) {
    #expect(throws: Never.self) { try Self.decode { $0[.text(name)] = value } }
  }

  @Test(
    "refuses what is outside them or of another type",
    arguments: [
      ("module_id", .text("")), ("module_id", bytes(4)), ("timestamp", .unsigned(0)), ("timestamp", .negative(5)),
      ("timestamp", .text("1")), ("digest", .text("SHA256")), ("digest", .text("sha384")), ("digest", bytes(6)),
      ("pcrs", .map(CBORMap())), ("pcrs", .array([])), ("pcrs", .map(CBORMap([("0", bytes(48))]))),
      ("pcrs", .map(TestChain.registers([32: 48]))), ("pcrs", .map(TestChain.registers([.max: 48]))),
      ("pcrs", .map(TestChain.registers([0: 31]))), ("pcrs", .map(TestChain.registers([0: 48, 1: 0]))),
      ("pcrs", .map(TestChain.registers([0: 65]))),
      ("certificate", bytes(0)), ("certificate", bytes(1025)), ("certificate", .text("c")),
      ("cabundle", .array([])), ("cabundle", .array([bytes(0)])), ("cabundle", .array([bytes(4), bytes(1025)])),
      ("cabundle", .array([.text("c")])), ("cabundle", bytes(4)),
      ("public_key", bytes(0)), ("public_key", bytes(1025)), ("public_key", .text("k")),
      ("public_key", .boolean(false)),
      ("user_data", bytes(513)), ("user_data", .text("u")), ("nonce", bytes(513)), ("nonce", .unsigned(1)),
    ] as [(String, CBORValue)])
  func refuses(name: String, value: CBORValue) throws {
    let field = try #require(AttestationDocument.Field(rawValue: name))
    #expect(throws: AttestationError.invalidField(field)) { try Self.decode { $0[.text(name)] = value } }
  }

  @Test("refuses a field of no format that it knows")
  func unknown() {
    #expect(throws: AttestationError.unknownField) { try Self.decode { $0[.text("extra")] = .null } }
    #expect(throws: AttestationError.unknownField) { try Self.decode { $0[.unsigned(1)] = .null } }
  }

  @Test("refuses a payload that is no map in its one encoding")
  func malformed() {
    let good = CBORWriter.write(.map(Self.fields))
    let duplicated = [good[0] + 1] + good.dropFirst() + CBORWriter.write(.text("nonce")) + [0xF6]
    let indefinite = [0xBF] + good.dropFirst() + [0xFF]
    // The index 0 of a register in two bytes instead of one.
    let register = CBORWriter.write(Self.bytes(48))
    let notShortest = [0xA1] + CBORWriter.write(.text("pcrs")) + [0xA1, 0x18, 0x00] + register
    let payloads: [[UInt8]] = [
      [], [0xF6], good + [0], [UInt8](good.dropLast()), duplicated, indefinite, notShortest,
      [UInt8](repeating: 0xA0, count: 16_385),
    ]
    for payload in payloads {
      #expect(throws: AttestationError.malformed) { try AttestationDocument(decoding: payload) }
    }
  }
}
