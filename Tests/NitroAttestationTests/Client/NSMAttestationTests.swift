import Synchronization
import Testing

@testable import NitroAttestation

@Suite struct NSMAttestationTests {
  @Test("asks as the module's own library does")
  func request() {
    // {"Attestation": {"user_data": null, "nonce": h'05', "public_key": h'010203'}}
    let expected: [UInt8] =
      [0xA1, 0x6B] + Array("Attestation".utf8) + [0xA3, 0x69] + Array("user_data".utf8) + [0xF6, 0x65]
      + Array("nonce".utf8) + [0x41, 0x05, 0x6A] + Array("public_key".utf8) + [0x43, 1, 2, 3]
    #expect(NSMAttestation.request(publicKey: [1, 2, 3], userData: nil, nonce: [5]) == expected)
    let longer = NSMAttestation.request(
      publicKey: [UInt8](repeating: 9, count: 294), userData: [], nonce: [UInt8](repeating: 8, count: 24))
    let longerExpected: [UInt8] =
      [0xA1, 0x6B] + Array("Attestation".utf8) + [0xA3, 0x69] + Array("user_data".utf8) + [0x40, 0x65]
      + Array("nonce".utf8) + [0x58, 0x18] + [UInt8](repeating: 8, count: 24) + [0x6A] + Array("public_key".utf8)
      + [0x59, 0x01, 0x26] + [UInt8](repeating: 9, count: 294)
    #expect(longer == longerExpected)
  }

  @Test("fits the driver's buffer with all fields at their largest")
  func largestRequest() {
    let request = NSMAttestation.request(
      publicKey: [UInt8](repeating: 0, count: 1024), userData: [UInt8](repeating: 0, count: 1024),
      nonce: [UInt8](repeating: 0, count: 1024))
    #expect(request.count <= NSMAttestation.maximumRequest)
  }

  private static func answer(_ entries: (String, CBORValue)...) -> [UInt8] {
    CBORWriter.write(.map(CBORMap(entries)))
  }

  @Test("takes the document out of the answer")
  func document() throws {
    let answer: [UInt8] =
      [0xA1, 0x6B] + Array("Attestation".utf8) + [0xA1, 0x68] + Array("document".utf8) + [0x44, 0x84, 1, 2, 3]
    #expect(try NSMAttestation.document(in: answer) == [0x84, 1, 2, 3])
    let large = [UInt8](repeating: 1, count: 12_000)
    let inMap = Self.answer(("Attestation", .map(CBORMap([("document", .bytes(large))]))))
    #expect(try NSMAttestation.document(in: inMap) == large)
  }

  @Test("knows the module's errors", arguments: NitroSecureModule.Refusal.allCases)
  func refusals(refusal: NitroSecureModule.Refusal) {
    let answer = Self.answer(("Error", .text(refusal.rawValue)))
    #expect(throws: AttestationProviderError.refused(refusal)) { try NSMAttestation.document(in: answer) }
  }

  @Test("an error reads as RFC 8949 has it")
  func refusalBytes() {
    let answer: [UInt8] = [0xA1, 0x65] + Array("Error".utf8) + [0x6D] + Array("InternalError".utf8)
    #expect(throws: AttestationProviderError.refused(.internalError)) { try NSMAttestation.document(in: answer) }
  }

  @Test("anything else is malformed")
  func malformed() {
    let good = Self.answer(("Attestation", .map(CBORMap([("document", .bytes([1]))]))))
    let document = CBORValue.map(CBORMap([("document", .bytes([1]))]))
    let answers: [[UInt8]] = [
      [], [0xA0], [0xF6], good + [0], Array(good.dropLast()),
      Self.answer(("Attestation", .bytes([1]))),
      Self.answer(("Attestation", .map(CBORMap()))),
      Self.answer(("Attestation", .map(CBORMap([("document", .bytes([]))])))),
      Self.answer(("Attestation", .map(CBORMap([("document", .text("x"))])))),
      Self.answer(("Attestation", document), ("Error", .text("InternalError"))),
      Self.answer(("Error", .text("Success"))),
      Self.answer(("Error", .unsigned(1))),
      Self.answer(("DescribeNSM", document)),
      [0xA1, 0x6B] + Array("Attestation".utf8) + [0xBF],
      [0xBB, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
      Self.answer(
        ("Attestation", .map(CBORMap([("document", .bytes([UInt8](repeating: 0, count: 0x3000)))])))),
    ]
    for answer in answers {
      #expect(throws: AttestationProviderError.malformedAnswer, "\(answer.prefix(40))") {
        try NSMAttestation.document(in: answer)
      }
    }
  }
}

@Suite struct NitroSecureModuleTests {
  private final class Channel: NSMChannel {
    private let seen = Mutex<[[UInt8]]>([])
    private let answer: Result<[UInt8], AttestationProviderError>

    init(_ answer: Result<[UInt8], AttestationProviderError>) {
      self.answer = answer
    }

    var requests: [[UInt8]] { seen.withLock { $0 } }

    func exchange(_ request: [UInt8]) throws(AttestationProviderError) -> [UInt8] {
      seen.withLock { $0.append(request) }
      return try answer.get()
    }
  }

  @Test("sends the request and gives back the document")
  func document() async throws {
    let channel = Channel(
      .success(
        CBORWriter.write(
          .map(
            CBORMap([
              (
                "Attestation",
                .map(
                  CBORMap([
                    ("document", .bytes([1, 2]))
                  ]))
              )
            ])))))
    let module = NitroSecureModule(channel: channel)
    #expect(try await module.attestationDocument(publicKey: [7], userData: [8], nonce: nil) == [1, 2])
    #expect(channel.requests == [NSMAttestation.request(publicKey: [7], userData: [8], nonce: nil)])
  }

  @Test("passes a failure on")
  func failure() async {
    let module = NitroSecureModule(channel: Channel(.failure(.device(code: 5))))
    await #expect(throws: AttestationProviderError.device(code: 5)) {
      try await module.attestationDocument(publicKey: [7], userData: nil, nonce: nil)
    }
  }

  @Test("does not send what the driver would not take")
  func tooLong() async {
    let channel = Channel(.success([]))
    await #expect(throws: AttestationProviderError.requestTooLong) {
      try await NitroSecureModule(channel: channel).attestationDocument(
        publicKey: [UInt8](repeating: 0, count: 4096), userData: nil, nonce: nil)
    }
    #expect(channel.requests.isEmpty)
  }

  #if os(Linux)
    @Test("tells why the device cannot be used")
    func device() {
      for (path, code, text) in [
        ("/nonexistent/nsm", Int32(2), "No such file or directory"),
        ("/dev/null", Int32(25), "Inappropriate ioctl for device"),
      ] {
        let error = AttestationProviderError.device(code: code)
        #expect(throws: error) { try NSMDevice(path: path).exchange([1]) }
        #expect(error.description == "the Nitro Secure Module cannot be used: \(text)")
      }
    }
  #endif
}
