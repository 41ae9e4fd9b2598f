// HMAC, key derivation and the cache of derived keys.

import SecureMemory
import Testing

@testable import AWSSigV4

private func bytes(_ hexadecimal: String) -> [UInt8] {
  stride(from: 0, to: hexadecimal.count, by: 2).compactMap { UInt8(hexadecimal.dropFirst($0).prefix(2), radix: 16) }
}

struct HMACSHA256Tests {
  /// RFC 4231 §4.2–4.8, the SHA-256 codes; the fifth case's code is truncated there to 16 bytes.
  static let vectors: [(key: [UInt8], message: [UInt8], code: String)] = [
    (
      [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      Array(1...25), [UInt8](repeating: 0xCD, count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      [UInt8](repeating: 0x0C, count: 20), Array("Test With Truncation".utf8), "a3b6167473100ee06e0c796c2955552b"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131),
      Array(
        "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm."
          .utf8), "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ]

  @Test(arguments: vectors)
  func published(key: [UInt8], message: [UInt8], code: String) {
    let keyed = key.withUnsafeBytes { HMACSHA256(key: $0) }
    for _ in 1...2 {  // the second use must not see the first
      let computed = message.withUnsafeBytes { Array(keyed.code(for: $0)) }
      #expect(Array(computed.prefix(bytes(code).count)) == bytes(code))
    }
  }
}

struct SigningKeyTests {
  /// The worked examples of AWS's signing documentation.
  @Test(arguments: [
    ("20120215", "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d"),
    ("20150830", "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"),
  ])
  func derivation(date: String, key: String) {
    let derived = SigningKey.derivedBytes(
      secret: SecretBytes("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".utf8),
      scope: CredentialScope(date: date, region: "us-east-1", service: "iam"))
    #expect(derived == SecretBytes(bytes(key)))
  }

  @Test func nothingPrintsASecret() {
    let credentials = Credentials(
      accessKeyID: "AKIDEXAMPLE", secretAccessKey: SecretBytes("hunter2hunter2".utf8), sessionToken: "token-text")
    var dumped = ""
    dump(credentials, to: &dumped)
    dump(KMSRequest.key, to: &dumped)
    let printed =
      "\(credentials) \(String(reflecting: credentials)) \(KMSRequest.key) \(String(reflecting: KMSRequest.key))"
    #expect(!(printed + dumped).contains("hunter2") && !(printed + dumped).contains("token-text"))
    #expect(printed.contains("AKIDEXAMPLE"))
    #expect("\(KMSRequest.key)" == "<redacted>")
  }
}

struct SigningKeyCacheTests {
  private let secret = SecretBytes("first secret".utf8)
  private let scope = KMSRequest.scope

  /// An entry holds its secret, so a weak reference to the secret tells whether the entry is still there.
  private struct Held {
    weak var secret: SecretBytes?
  }

  /// Tells keys apart by what they sign.
  private func mark(_ key: SigningKey) throws -> [UInt8] {
    let request = try SignedRequest(parsing: try KMSRequest.signed())
    let canonical = try #require(
      CanonicalRequest(
        request.request, signedHeaders: request.signedHeaders, payloadHash: request.request.payloadHash, form: .header,
        normalizingPath: true))
    return key.signature(of: StringToSign(canonical, at: request.time, scope: request.scope))
  }

  @Test func givesTheDerivedKey() throws {
    let cache = SigningKeyCache(capacity: 8)
    for _ in 1...3 {
      let key = cache.key(accessKeyID: "A", secret: secret, scope: scope)
      #expect(try mark(key) == mark(SigningKey.derive(secret: secret, scope: scope)))
    }
    #expect(cache.count == 1)
  }

  @Test func aSecretThatIsEqualButStoredElsewhereHits() {
    let cache = SigningKeyCache(capacity: 8)
    _ = cache.key(accessKeyID: "A", secret: secret, scope: scope)
    _ = cache.key(accessKeyID: "A", secret: SecretBytes("first secret".utf8), scope: scope)
    #expect(cache.count == 1)
  }

  @Test func aRotatedSecretReplacesItsKey() throws {
    let cache = SigningKeyCache(capacity: 8)
    let rotated = SecretBytes("other secret".utf8)
    let old = try mark(cache.key(accessKeyID: "A", secret: secret, scope: scope))
    let new = try mark(cache.key(accessKeyID: "A", secret: rotated, scope: scope))
    #expect(old != new)
    #expect(try mark(SigningKey.derive(secret: rotated, scope: scope)) == new)
    #expect(try mark(cache.key(accessKeyID: "A", secret: rotated, scope: scope)) == new)
    #expect(cache.count == 1)
  }

  @Test func aRotatedSecretReplacesItsKeyInTheOldGenerationToo() throws {
    let cache = SigningKeyCache(capacity: 4)
    var held = Held()
    do {
      let retired = SecretBytes("retired secret".utf8)
      held.secret = retired
      _ = cache.key(accessKeyID: "A", secret: retired, scope: scope)
    }
    for name in ["B", "C"] { _ = cache.key(accessKeyID: name, secret: secret, scope: scope) }  // A is old now
    #expect(held.secret != nil)
    let expected = try mark(SigningKey.derive(secret: secret, scope: scope))
    for _ in 1...2 {
      #expect(try mark(cache.key(accessKeyID: "A", secret: secret, scope: scope)) == expected)
      #expect(held.secret == nil && cache.count == 3)
    }
  }

  @Test func everyPartOfTheNameSeparates() throws {
    let cache = SigningKeyCache(capacity: 16)
    let scopes = [
      scope, CredentialScope(date: "20150831", region: "us-east-1", service: "kms"),
      CredentialScope(date: "20150830", region: "us-east-2", service: "kms"),
      CredentialScope(date: "20150830", region: "us-east-1", service: "sts"),
    ]
    var marks = Set<[UInt8]>()
    for scope in scopes { marks.insert(try mark(cache.key(accessKeyID: "A", secret: secret, scope: scope))) }
    #expect(marks.count == scopes.count)
    _ = cache.key(accessKeyID: "B", secret: secret, scope: scope)
    #expect(cache.count == scopes.count + 1)
  }

  @Test(arguments: [1, 2, 3, 10, 64])
  func neverExceedsItsCapacity(capacity: Int) {
    let cache = SigningKeyCache(capacity: capacity)
    for number in 0..<200 {
      _ = cache.key(accessKeyID: "A\(number % 80)", secret: secret, scope: scope)
      #expect(cache.count <= max(2, capacity))
    }
  }

  @Test func keysInUseSurviveOthersComing() {
    let cache = SigningKeyCache(capacity: 8)
    func add(_ name: String) -> Held {
      let secret = SecretBytes(name.utf8)
      _ = cache.key(accessKeyID: name, secret: secret, scope: scope)
      return Held(secret: secret)
    }
    let busy = add("busy")
    let first = add("passing")
    for number in 0..<50 {
      _ = add("passing \(number)")
      _ = cache.key(accessKeyID: "busy", secret: SecretBytes("busy".utf8), scope: scope)
      #expect(busy.secret != nil)
    }
    #expect(first.secret == nil)
  }

  @Test func forgetsAnAccessKeyAndItsSecret() {
    let cache = SigningKeyCache(capacity: 4)
    func add(_ name: String) -> Held {
      let secret = SecretBytes(name.utf8)
      _ = cache.key(accessKeyID: name, secret: secret, scope: scope)
      return Held(secret: secret)
    }
    let (a, b, c) = (add("A"), add("B"), add("C"))  // A and B are the old generation now
    cache.remove(accessKeyID: "A")
    #expect(a.secret == nil && b.secret != nil && c.secret != nil)
    cache.remove(accessKeyID: "C")
    #expect(c.secret == nil && cache.count == 1)
    cache.removeAll()
    #expect(b.secret == nil && cache.count == 0)
  }

  @Test func isSafeFromManyThreads() async throws {
    let cache = SigningKeyCache(capacity: 6)
    let expected = try (0..<12).map { try mark(SigningKey.derive(secret: SecretBytes("s\($0)".utf8), scope: scope)) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for step in 0..<200 {
            let number = (step * 7 + task) % 12
            let key = cache.key(accessKeyID: "A\(number)", secret: SecretBytes("s\(number)".utf8), scope: scope)
            let marked = try mark(key)
            #expect(marked == expected[number])
            if step % 50 == 0 { cache.remove(accessKeyID: "A\(number)") }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(cache.count <= 6)
  }
}
