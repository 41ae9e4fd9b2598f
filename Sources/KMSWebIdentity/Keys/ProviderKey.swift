// A public key of an identity provider.

import AWSJSON
import JWTKit

/// A JSON Web Key (RFC 7517) that signatures can be checked with; private members are not even read.
struct ProviderKey: Hashable, Sendable {
  /// The curves of keys for ECDSA.
  enum Curve: String, Hashable, Sendable {
    case p256 = "P-256"
    case p384 = "P-384"
    case p521 = "P-521"
  }

  /// The key itself; numbers in base64url, as they are written.
  enum Parameters: Hashable, Sendable {
    case rsa(modulus: String, exponent: String)
    case ec(Curve, x: String, y: String)
    case ed25519(x: String)
  }

  /// The key's id; nil for one that has none.
  let id: String?
  /// The only algorithm that it is for; nil when any that fits will do.
  let algorithm: String?
  /// The key itself.
  let parameters: Parameters

  /// The key in JWTKit's form, bound to one algorithm.
  func jwk(for algorithm: SigningAlgorithm) -> JWK {
    // JWTKit wants a name for every key; the token's own is compared elsewhere.
    let name = JWKIdentifier(string: "key")
    return switch parameters {
    case .rsa(let modulus, let exponent):
      JWK.rsa(algorithm.jwk, identifier: name, modulus: modulus, exponent: exponent)
    case .ec(let curve, let x, let y):
      JWK.ecdsa(algorithm.jwk, identifier: name, x: x, y: y, curve: ECDSACurve(rawValue: curve.rawValue))
    case .ed25519(let x): JWK.octetKeyPair(algorithm.jwk, identifier: name, x: x, y: nil, curve: .ed25519)
    }
  }
}

extension ProviderKey {
  /// The most keys that a set may have.
  static let maximumCount = 100

  /// Reads a JSON Web Key Set. Keys of other kinds, or for something else than signatures, are left out; providers have
  /// them side by side.
  ///
  /// - Throws: when it is no key set at all.
  static func keys(in set: [UInt8]) throws(JSONError) -> [ProviderKey] {
    var reader = JSONReader(set, maximumDepth: 8)
    var keys: [ProviderKey] = []
    var isKeySet = false
    try reader.beginObject()
    while let name = try reader.nextMember() {
      guard name.string == "keys" else {
        try reader.skipValue()
        continue
      }
      isKeySet = true
      keys = []
      try reader.beginArray()
      while try reader.nextElement() {
        guard case .object(let members) = try reader.readDocument(), keys.count < maximumCount else { continue }
        if let key = ProviderKey(members) { keys.append(key) }
      }
    }
    try reader.finish()
    guard isKeySet else { throw .syntax(offset: set.count) }
    return keys
  }

  private init?(_ members: [String: JSONValue]) {
    func text(_ name: String) -> String? {
      if case .string(let text)? = members[name], !text.isEmpty { text } else { nil }
    }
    if let use = members["use"], use != .string("sig") { return nil }
    if case .array(let operations)? = members["key_ops"], !operations.contains(.string("verify")) { return nil }
    id = text("kid")
    algorithm = text("alg")
    switch (text("kty"), text("crv")) {
    case ("RSA", _):
      guard let modulus = text("n"), let exponent = text("e") else { return nil }
      parameters = .rsa(modulus: modulus, exponent: exponent)
    case ("EC", let curve?):
      guard let curve = Curve(rawValue: curve), let x = text("x"), let y = text("y") else { return nil }
      parameters = .ec(curve, x: x, y: y)
    case ("OKP", "Ed25519"):
      guard let x = text("x") else { return nil }
      parameters = .ed25519(x: x)
    default: return nil
    }
  }
}
