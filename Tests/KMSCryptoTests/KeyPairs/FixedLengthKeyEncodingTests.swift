// The constant parts of the encodings, and the range of scalars.

import COpenSSL
import Foundation
import Testing

@testable import KMSCrypto

@Suite struct FixedLengthKeyEncodingTests {
  /// Written out by hand from the RFCs, and equal to what `openssl asn1parse` shows: see `OpenSSLCommandTests` as well.
  @Test func constantsAreThoseOfTheStandards() throws {
    let p256 = FixedLengthKeyEncoding.nistP256
    #expect(
      p256.privateKeyPrefix.hex
        == "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420")
    #expect(p256.privateKeyInfix?.hex == "a144034200")
    #expect(p256.publicKeyPrefix.hex == "3059301306072a8648ce3d020106082a8648ce3d030107034200")

    let p521 = FixedLengthKeyEncoding.nistP521
    #expect(
      p521.privateKeyPrefix.hex
        == "3081ee020100301006072a8648ce3d020106052b810400230481d63081d30201010442")
    #expect(p521.privateKeyInfix?.hex == "a18189038186" + "00")
    #expect(p521.publicKeyPrefix.hex == "30819b301006072a8648ce3d020106052b81040023038186" + "00")
  }

  @Test(arguments: [
    (0, "3000"), (127, "307f"), (128, "308180"), (255, "3081ff"), (256, "30820100"), (65536, "3083010000"),
  ])
  func headersStateTheLength(count: Int, expected: String) {
    #expect(DERTag.sequence.header(count).hex == expected)
  }

  /// FIPS 186-5 A.2.2 takes scalars in 1…n−1, and redraws the others. n is SP 800-186 §3.2.1's.
  @Test func scalarsOutOfRangeAreRefused() throws {
    let n256 = try hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
    let n384 = try hex(
      "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973")
    for (order, publicPoint) in [
      (n256, NISTCurvesKeyPairs.publicPointP256), (n384, NISTCurvesKeyPairs.publicPointP384),
    ] {
      func isAccepted(_ scalar: [UInt8]) -> Bool {
        (try? scalar.withUnsafeBytes { try publicPoint($0) }) != nil
      }
      let lowByte = order.count - 1
      var below = order
      below[lowByte] -= 1
      var above = order
      above[lowByte] += 1
      let zero = [UInt8](repeating: 0, count: order.count)
      #expect(isAccepted(below))
      #expect(isAccepted(zero.dropLast() + [1]))
      #expect(!isAccepted(zero))
      #expect(!isAccepted(order))
      #expect(!isAccepted(above))
      #expect(!isAccepted([UInt8](repeating: 0xFF, count: order.count)))
    }
  }

  @Test func theScalarOneGivesTheGenerator() throws {
    let one = [UInt8](repeating: 0, count: 31) + [1]
    let point = try one.withUnsafeBytes { try NISTCurvesKeyPairs.publicPointP256(of: $0) }
    #expect(point.hex.hasPrefix("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"))
  }

  @Test func aGeneratorThatFailsLeavesItsError() {
    let unknown = OpenSSLCurve(encoding: .secp256k1, keyType: "EC", group: "no such curve", identifier: 0)
    let error = cryptoError { () throws(CryptoError) in
      _ = try FixedLengthKeyEncoding.secp256k1.makeKeyPair { (scalar, point) throws(CryptoError) in
        try unknown.generate(scalar: scalar, point: point)
      }
    }
    guard case .libraryFailure(let operation, let code) = error else {
      Issue.record("expected a library failure, got \(String(describing: error))")
      return
    }
    #expect(operation.hasPrefix("EVP_PKEY"))
    #expect(code != 0)
    #expect(ERR_peek_error() == 0, "the error is left for the next call on this thread")
  }
}
