// Asymmetric keys against Python's cryptography package: each does what the other undoes.

import KMSCrypto
import SecureMemory
import Testing

@Suite(.needsPythonCryptography) struct PythonAsymmetricTests {
  private struct Request: Encodable {
    var operation: String
    var privateKey: String
    var publicKey: String
    var algorithm = ""
    var input = ""
    var data = ""
    var signature = ""

    init(_ operation: String, _ pair: KeyPair, algorithm: String = "", data: [UInt8] = []) {
      self.operation = operation
      self.algorithm = algorithm
      self.data = data.hex
      privateKey = pair.privateKey.revealed.hex
      publicKey = pair.publicKey.hex
    }
  }

  /// Requests, and what is checked of each answer; sent together, since starting Python takes longest.
  private struct Session {
    private var requests: [Request] = []
    private var checks: [(String) throws -> Void] = []

    mutating func ask(_ request: Request, check: @escaping (String) throws -> Void) {
      requests.append(request)
      checks.append(check)
    }

    mutating func ask(_ request: Request, answer expected: String, _ label: Comment? = nil) {
      ask(request) { answer in
        let isExpected = answer == expected
        #expect(isExpected, label)
      }
    }

    func run() throws {
      let answers: [String] = try Tool.script("asymmetric_reference.py", requests)
      try #require(answers.count == checks.count && !checks.isEmpty)
      for (answer, check) in zip(answers, checks) { try check(answer) }
    }
  }

  private static let signatures: [(KeyPairAlgorithm, [SignatureAlgorithm])] = [
    (
      .rsa2048,
      [
        .rsassaPKCS1v15SHA256, .rsassaPKCS1v15SHA384, .rsassaPKCS1v15SHA512, .rsassaPSSSHA256, .rsassaPSSSHA384,
        .rsassaPSSSHA512,
      ]
    ),
    (.rsa3072, [.rsassaPKCS1v15SHA384, .rsassaPSSSHA384]), (.rsa4096, [.rsassaPKCS1v15SHA512, .rsassaPSSSHA512]),
    (.nistP256, [.ecdsaSHA256]), (.nistP384, [.ecdsaSHA384]), (.nistP521, [.ecdsaSHA512]),
    (.secp256k1, [.ecdsaSHA256]), (.edwards25519, [.ed25519SHA512]), (.mlDSA44, [.mlDSASHAKE256]),
    (.mlDSA65, [.mlDSASHAKE256]), (.mlDSA87, [.mlDSASHAKE256]),
  ]

  @Test func signatures() throws {
    var session = Session()
    for (kind, algorithms) in Self.signatures {
      let pair = try TestKeys.pair(kind)
      let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: kind)
      for algorithm in algorithms {
        let takesDigest = algorithm.digestByteCount != nil
        for isDigest in takesDigest ? [false, true] : [false] {
          for count in isDigest ? [algorithm.digestByteCount ?? 0] : [0, 9, 4096] {
            let data = RandomBytes.array(count: count)
            let input = isDigest ? SigningInput.digest(SecretBytes(data)) : .message(SecretBytes(data))
            let label = Comment(rawValue: "\(kind) \(algorithm) \(isDigest) \(count)")

            var request = Request("sign", pair, algorithm: algorithm.rawValue, data: data)
            request.input = isDigest ? "digest" : "message"
            session.ask(request) { answer in
              let isValid = try key.isValid(try hex(answer), of: input, algorithm)
              #expect(isValid, label)
            }
            request.operation = "verify"
            request.signature = try key.sign(input, algorithm).hex
            session.ask(request, answer: "valid", label)
            request.data = (isDigest ? data.reversed() : data + [0]).hex
            session.ask(request, answer: "invalid", label)
          }
        }
      }
    }
    try session.run()
  }

  @Test func mlDSARepresentatives() throws {
    var signing = Session()
    for kind in [KeyPairAlgorithm.mlDSA44, .mlDSA65, .mlDSA87] {
      let pair = try TestKeys.pair(kind)
      let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: kind)
      let message = RandomBytes.array(count: 100)
      signing.ask(Request("mu", pair, data: message)) { answer in
        let mu = SigningInput.externalMu(SecretBytes(try hex(answer)))
        #expect(try key.isValid(key.sign(mu, .mlDSASHAKE256), of: .message(SecretBytes(message)), .mlDSASHAKE256))

        // Over μ here, over the message there.
        var verifying = Session()
        var request = Request("verify", pair, algorithm: "ML_DSA_SHAKE_256", data: message)
        request.signature = try key.sign(mu, .mlDSASHAKE256).hex
        verifying.ask(request, answer: "valid", "\(kind)")
        try verifying.run()
      }
    }
    try signing.run()
  }

  @Test func encryption() throws {
    var session = Session()
    for kind in [KeyPairAlgorithm.rsa2048, .rsa3072, .rsa4096] {
      let pair = try TestKeys.pair(kind)
      let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: kind)
      for algorithm in [PublicKeyEncryptionAlgorithm.rsaesOAEPSHA1, .rsaesOAEPSHA256] {
        for count in [0, 1, 190] {
          let plaintext = RandomBytes.array(count: count)
          session.ask(Request("encrypt", pair, algorithm: algorithm.rawValue, data: plaintext)) { answer in
            let decrypted = try key.decrypt(try hex(answer), algorithm).revealed
            #expect(decrypted == plaintext)
          }
          let ciphertext = try key.encrypt(SecretBytes(plaintext), algorithm)
          session.ask(Request("decrypt", pair, algorithm: algorithm.rawValue, data: ciphertext), answer: plaintext.hex)
        }
      }
    }
    try session.run()
  }

  @Test func keyAgreement() throws {
    var session = Session()
    for kind in [KeyPairAlgorithm.nistP256, .nistP384, .nistP521] {
      for _ in 0..<10 {
        let (own, peer) = (try kind.generate(), try kind.generate())
        let key = try AsymmetricKeyMaterial(own.privateKey, algorithm: kind)
        let secret = try key.sharedSecret(with: peer.publicKey)
        session.ask(Request("agree", peer, data: own.publicKey), answer: secret.revealed.hex, "\(kind)")
      }
    }
    try session.run()
  }

  @Test func wrappedKeyMaterial() throws {
    var session = Session()
    for kind in [KeyPairAlgorithm.rsa2048, .rsa3072, .rsa4096] {
      let pair = try TestKeys.pair(kind)
      let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: kind)
      for algorithm in [ImportWrappingAlgorithm.rsaAESKeyWrapSHA1, .rsaAESKeyWrapSHA256] {
        for material in [RandomBytes.array(count: 32), try TestKeys.pair(.rsa4096).privateKey.revealed] {
          session.ask(Request("wrap", pair, algorithm: algorithm.rawValue, data: material)) { answer in
            let unwrapped = try key.unwrap(try hex(answer), algorithm).revealed
            #expect(unwrapped == material)
          }
        }
      }
    }
    try session.run()
  }

  /// Python's own PKCS #8 of each kind is read, and gives the same keys.
  @Test func privateKeys() throws {
    var session = Session()
    for kind in KeyPairAlgorithm.allCases where kind != .sm2 && !kind.isMLDSA {
      let pair = try TestKeys.pair(kind)
      session.ask(Request("reencode", pair)) { answer in
        let imported = try KeyPair(importing: SecretBytes(try hex(answer)), as: kind)
        #expect(imported.privateKey == pair.privateKey, "\(kind)")
        #expect(imported.publicKey == pair.publicKey, "\(kind)")
      }
    }
    try session.run()
  }
}
