// Identity providers for tests: keys, key sets and tokens.

import CryptoExtras
import Foundation
import JWTKit
import KMSAccess
import KMSDomain
import Logging
import Synchronization
import Testing

@testable import KMSWebIdentity

/// A key of a provider, which signs tokens with one algorithm.
struct TokenSigner: Sendable {
  let algorithmName: String
  let id: String?
  /// The public key as the members of a JSON Web Key.
  let jwk: [String: String]
  private let signing: any JWTAlgorithm

  /// Makes a key for an algorithm.
  init(_ algorithm: SigningAlgorithm, id: String? = "key-1") async throws {
    let keys = JWTKeyCollection()
    let name = JWKIdentifier(string: "signer")
    var jwk: [String: String] = ["alg": algorithm.rawValue, "use": "sig"]
    switch algorithm {
    case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512:
      let key = try Insecure.RSA.PrivateKey(backing: Self.rsaKey)
      let digest: DigestAlgorithm =
        switch algorithm {
        case .rs256, .ps256: .sha256
        case .rs384, .ps384: .sha384
        default: .sha512
        }
      if algorithm.rawValue.hasPrefix("RS") {
        await keys.add(rsa: key, digestAlgorithm: digest, kid: name)
      } else {
        await keys.add(pss: key, digestAlgorithm: digest, kid: name)
      }
      let numbers = try key.publicKey.getKeyPrimitives()
      jwk["kty"] = "RSA"
      jwk["n"] = Self.base64URL(numbers.modulus)
      jwk["e"] = Self.base64URL(numbers.publicExponent)
    case .es256:
      let key = ES256PrivateKey()
      await keys.add(ecdsa: key, kid: name)
      jwk.merge(try Self.members(of: key.parameters, curve: "P-256")) { $1 }
    case .es384:
      let key = ES384PrivateKey()
      await keys.add(ecdsa: key, kid: name)
      jwk.merge(try Self.members(of: key.parameters, curve: "P-384")) { $1 }
    case .es512:
      let key = ES512PrivateKey()
      await keys.add(ecdsa: key, kid: name)
      jwk.merge(try Self.members(of: key.parameters, curve: "P-521")) { $1 }
    case .edDSA:
      let key = try EdDSA.PrivateKey()
      await keys.add(eddsa: key, kid: name)
      jwk["kty"] = "OKP"
      jwk["crv"] = "Ed25519"
      jwk["x"] = Self.base64URL(key.publicKey.rawRepresentation)
    }
    if let id { jwk["kid"] = id }
    signing = try await keys.getKey(for: name)
    algorithmName = algorithm.rawValue
    self.id = id
    self.jwk = jwk
  }

  private static let rsaKey: _RSA.Signing.PrivateKey = {
    guard let key = try? _RSA.Signing.PrivateKey(keySize: .bits2048) else { preconditionFailure("no RSA key") }
    return key
  }()

  private static func members(of parameters: ECDSAParameters?, curve: String) throws -> [String: String] {
    let (x, y) = try #require(parameters)
    return [
      "kty": "EC", "crv": curve, "x": base64URL(try #require(Data(base64Encoded: x))),
      "y": base64URL(try #require(Data(base64Encoded: y))),
    ]
  }

  /// A token with these claims, and with a header that may be changed; nil leaves a field out.
  func token(_ claims: [String: Any], header changes: [String: Any?] = [:]) throws -> String {
    var header: [String: Any] = ["alg": algorithmName, "typ": "JWT"]
    if let id { header["kid"] = id }
    for (name, value) in changes { header[name] = value }
    return try sign(try Self.json(header), try Self.json(claims))
  }

  /// A token of any header and payload.
  func sign(_ header: String, _ payload: String) throws -> String {
    let content = Self.base64URL(Data(header.utf8)) + "." + Self.base64URL(Data(payload.utf8))
    return content + "." + Self.base64URL(Data(try signing.sign(Data(content.utf8))))
  }

  static func json(_ value: [String: Any]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
  }

  static func base64URL(_ data: Data) -> String {
    data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}

/// A key set that tests change, and that counts how often it was asked for.
final class ChangingKeySet: KeySetSource {
  private let state = Mutex((keys: [[String: String]](), fetches: 0, isDown: false))
  private let held = Mutex(false)

  init(_ signers: [TokenSigner]) { replace(with: signers) }

  var fetches: Int { state.withLock { $0.fetches } }

  func replace(with signers: [TokenSigner]) { state.withLock { $0.keys = signers.map(\.jwk) } }

  /// From now on nobody is answered until the source is released.
  func hold() { held.withLock { $0 = true } }

  func release() { held.withLock { $0 = false } }

  func setDown(_ isDown: Bool) { state.withLock { $0.isDown = isDown } }

  func fetch() async throws -> [UInt8] {
    let keys = try state.withLock { state in
      state.fetches += 1
      if state.isDown { throw KeySetFailure.status(503) }
      return state.keys
    }
    while held.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
    return Array(try TokenSigner.json(["keys": keys]).utf8)
  }
}

/// A number that many tasks count up.
final class Tally: Sendable {
  private let count = Atomic(0)

  @discardableResult
  func increment() -> Int { count.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue }
}

/// A verifier with one provider, and the time at which it is asked.
struct Believer {
  static let issuer = "https://token.example.com/a"
  static let start = 1_800_000_000.0
  static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  let verifier: WebIdentityVerifier
  let account: AccountID

  init(_ source: any KeySetSource, clientIDs: [String] = ["client"]) throws {
    account = try #require(AccountID("111122223333"))
    let provider = DeclaredIdentityProvider(
      account: account, issuer: Self.issuer, clientIDs: clientIDs, keysSource: .url("https://keys.example.com"))
    verifier = try WebIdentityVerifier([provider], logger: Self.quiet) { _, _ in source }
  }

  func verify(_ token: String, after seconds: Double = 0) async throws -> WebIdentity {
    try await verifier.verify(
      token, in: account, partition: "aws", now: Date(timeIntervalSince1970: Self.start + seconds))
  }

  /// Claims that are believed, changed; nil leaves one out.
  static func claims(_ changes: [String: Any?] = [:]) -> [String: Any] {
    var claims: [String: Any] = [
      "iss": issuer, "sub": "repo:x/y", "aud": "client", "iat": start - 10, "exp": start + 600,
    ]
    for (name, value) in changes { claims[name] = value }
    return claims
  }
}
