// Private keys on curves, in the forms that writers of PKCS #8 give them.

import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct ECPrivateKeyImportTests {
  static let kinds: [KeyPairAlgorithm] = [.nistP256, .nistP384, .nistP521, .secp256k1, .sm2]

  /// A pair's parts, and PKCS #8 put together from them with one thing changed.
  private struct Writer {
    let pair: KeyPair
    let curve: [UInt8]
    let scalar: [UInt8]
    let point: [UInt8]

    init(_ kind: KeyPairAlgorithm) throws {
      pair = try kind.generate()
      let encoding = try #require(kind.openSSLCurve).encoding
      curve = encoding.objectIdentifier
      let parts = try encoding.parse(pair.privateKey)
      (scalar, point) = (parts.scalar.revealed, parts.point)
    }

    var compressed: [UInt8] { [2 + (point.last ?? 0) % 2] + point.dropFirst().prefix((point.count - 1) / 2) }
    var idECPublicKey: [UInt8] { BER.identifier(FixedLengthKeyEncoding.idECPublicKey) }
    var curveChoice: [UInt8] { BER.element(0xA0, BER.identifier(curve)) }
    var publicChoice: [UInt8] { BER.element(0xA1, BER.bits(point)) }

    func ecPrivateKey(version: [UInt8] = [1], scalar: [UInt8]? = nil, _ tail: [UInt8] = []) -> [UInt8] {
      BER.sequence(BER.integer(version), BER.octets(scalar ?? self.scalar), tail)
    }

    func info(
      version: [UInt8] = [0], algorithm: [UInt8]? = nil, key: [UInt8]? = nil, _ tail: [UInt8] = []
    ) -> SecretBytes {
      let algorithm = algorithm ?? BER.sequence(idECPublicKey, BER.identifier(curve))
      return SecretBytes(
        BER.sequence(BER.integer(version), algorithm, BER.octets(key ?? ecPrivateKey(publicChoice)), tail))
    }
  }

  @Test(arguments: kinds) func everyUsualFormIsRead(kind: KeyPairAlgorithm) throws {
    let w = try Writer(kind)
    let attributes = BER.element(
      0xA0, BER.sequence(BER.identifier([0x55, 0x1D, 0x0F]), BER.element(0x31, BER.bits([1]))))
    let forms: [SecretBytes] = [
      w.pair.privateKey,
      w.info(),
      w.info(key: w.ecPrivateKey()),
      w.info(key: w.ecPrivateKey(w.curveChoice)),
      w.info(key: w.ecPrivateKey(w.curveChoice + w.publicChoice)),
      w.info(key: w.ecPrivateKey(BER.element(0xA1, BER.bits(w.compressed)))),
      w.info(key: w.ecPrivateKey(scalar: Array(w.scalar.drop { $0 == 0 }))),
      w.info(attributes),
      w.info(version: [1], attributes + BER.element(0x81, [0] + w.point)),
      w.info(version: [1], BER.element(0x81, [0] + w.compressed)),
    ]
    for (index, form) in forms.enumerated() {
      let imported = try KeyPair(importing: form, as: kind)
      #expect(imported.privateKey == w.pair.privateKey, "\(index)")
      #expect(imported.publicKey == w.pair.publicKey, "\(index)")
    }
  }

  /// A scalar that begins with zeros, which some writers leave out.
  @Test(arguments: kinds) func shortScalarsAreFilledUp(kind: KeyPairAlgorithm) throws {
    let w = try Writer(kind)
    let imported = try KeyPair(importing: w.info(key: w.ecPrivateKey(scalar: [2])), as: kind)
    let full = [UInt8](repeating: 0, count: w.scalar.count - 1) + [2]
    #expect(try #require(kind.openSSLCurve).encoding.parse(imported.privateKey).scalar.revealed == full)
    #expect(try #require(OpenSSLKey(pkcs8: imported.privateKey.revealed)).isConsistent)
  }

  @Test(arguments: kinds) func berIsRead(kind: KeyPairAlgorithm) throws {
    let w = try Writer(kind)
    let algorithm = w.idECPublicKey + BER.identifier(w.curve)
    let key = w.ecPrivateKey(w.publicChoice)
    let half = key.count / 2
    let parts = BER.octets(Array(key[..<half])) + BER.octets(Array(key[half...]))
    let scalarParts = BER.octets(Array(w.scalar[..<5])) + BER.octets(Array(w.scalar[5...]))
    let forms: [[UInt8]] = [
      BER.indefinite(0x30, BER.integer([0]) + BER.indefinite(0x30, algorithm) + BER.octets(key)),
      BER.long(0x30, BER.long(0x02, [0]) + BER.long(0x30, algorithm) + BER.long(0x04, key)),
      BER.sequence(BER.integer([0]), BER.sequence(algorithm), BER.element(0x24, parts)),
      BER.sequence(BER.integer([0]), BER.sequence(algorithm), BER.indefinite(0x24, parts)),
      BER.sequence(BER.integer([0]), BER.sequence(algorithm), BER.indefinite(0x24, BER.indefinite(0x24, parts))),
      BER.sequence(
        BER.integer([0]), BER.sequence(algorithm),
        BER.octets(BER.indefinite(0x30, BER.integer([1]) + BER.indefinite(0x24, scalarParts)))),
    ]
    for (index, form) in forms.enumerated() {
      let imported = try KeyPair(importing: SecretBytes(form), as: kind)
      #expect(imported.publicKey == w.pair.publicKey, "\(index)")
    }
  }

  @Test(arguments: kinds) func everythingElseIsRefused(kind: KeyPairAlgorithm) throws {
    let w = try Writer(kind)
    let other = try Writer(kind)
    let otherCurve = try Writer(kind == .nistP256 ? .nistP384 : .nistP256)
    // P-256 by its parameters, as RFC 3279 has them; enough of them to be no name.
    let parameters = BER.sequence(BER.integer([1]), BER.sequence(BER.identifier([0x2A, 0x86, 0x48, 0xCE, 0x3D, 1, 1])))
    let edwards = FixedLengthKeyEncoding.edwards25519.objectIdentifier
    let order = try #require(Self.orders[kind].map { try hex($0) })
    var aboveOrder = order
    aboveOrder[order.count - 1] += 1
    let forms: [(String, SecretBytes)] = [
      ("explicit parameters", w.info(algorithm: BER.sequence(w.idECPublicKey, parameters))),
      ("explicit parameters inside", w.info(key: w.ecPrivateKey(BER.element(0xA0, parameters) + w.publicChoice))),
      ("no parameters", w.info(algorithm: BER.sequence(w.idECPublicKey))),
      ("NULL parameters", w.info(algorithm: BER.sequence(w.idECPublicKey, [5, 0]))),
      ("another curve", otherCurve.info()),
      ("another curve's name", w.info(algorithm: BER.sequence(w.idECPublicKey, BER.identifier(otherCurve.curve)))),
      ("another curve inside", w.info(key: w.ecPrivateKey(otherCurve.curveChoice + w.publicChoice))),
      ("another algorithm", w.info(algorithm: BER.sequence(BER.identifier(edwards)))),
      ("another's public key", w.info(key: w.ecPrivateKey(other.publicChoice))),
      ("another's public key outside", w.info(version: [1], BER.element(0x81, [0] + other.point))),
      ("another's compressed key", w.info(key: w.ecPrivateKey(BER.element(0xA1, BER.bits(other.compressed))))),
      ("an empty public key", w.info(key: w.ecPrivateKey(BER.element(0xA1, BER.bits([]))))),
      ("unused bits", w.info(key: w.ecPrivateKey(BER.element(0xA1, BER.element(3, [1] + w.point))))),
      ("scalar 0", w.info(key: w.ecPrivateKey(scalar: [UInt8](repeating: 0, count: w.scalar.count)))),
      ("empty scalar", w.info(key: w.ecPrivateKey(scalar: []))),
      ("scalar n", w.info(key: w.ecPrivateKey(scalar: order))),
      ("scalar n+1", w.info(key: w.ecPrivateKey(scalar: aboveOrder))),
      ("scalar of ones", w.info(key: w.ecPrivateKey(scalar: [UInt8](repeating: 0xFF, count: w.scalar.count)))),
      ("scalar too long", w.info(key: w.ecPrivateKey(scalar: [0] + w.scalar))),
      ("inner version", w.info(key: w.ecPrivateKey(version: [2]))),
      ("outer version", w.info(version: [2])),
      ("something after", SecretBytes(w.info().revealed + [0])),
      ("something after the key", w.info(BER.integer([1]))),
      ("something after the inner key", w.info(key: w.ecPrivateKey(w.publicChoice) + [0])),
      ("no PKCS #8", SecretBytes(w.ecPrivateKey(w.curveChoice + w.publicChoice))),
      ("a public key", SecretBytes(w.pair.publicKey)),
      ("nothing", SecretBytes([])),
    ]
    for (name, form) in forms {
      #expect(throws: CryptoError.malformed, "\(name)") { try KeyPair(importing: form, as: kind) }
    }
    // One below the order is a private key, but SM2's end one earlier (GB/T 32918.1 §6.1).
    var belowOrder = order
    belowOrder[order.count - 1] -= 1
    let below = w.info(key: w.ecPrivateKey(scalar: belowOrder))
    if kind == .sm2 {
      #expect(throws: CryptoError.malformed) { try KeyPair(importing: below, as: kind) }
      belowOrder[order.count - 1] -= 1
      _ = try KeyPair(importing: w.info(key: w.ecPrivateKey(scalar: belowOrder)), as: kind)
    } else {
      _ = try KeyPair(importing: below, as: kind)
    }
  }

  /// The order of each group: SP 800-186 §3.2.1, SEC 2 §2.4.1, GB/T 32918.5.
  private static let orders: [KeyPairAlgorithm: String] = [
    .nistP256: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
    .nistP384: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    .nistP521: "01ff" + String(repeating: "f", count: 63)
      + "a51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
    .secp256k1: "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
    .sm2: "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123",
  ]
}
