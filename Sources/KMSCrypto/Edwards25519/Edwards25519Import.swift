// Ed25519 private keys, as others write them: CurvePrivateKey (RFC 8410 §7) in PKCS #8.

import Crypto
import FoundationEssentials
import SecureMemory

extension Edwards25519KeyPairs {
  /// Reads a private key, and derives its public half.
  /// - Throws: ``CryptoError/malformed`` for anything else, a public key that is not the seed's included.
  static func importKeyPair(_ privateKey: SecretBytes) throws(CryptoError) -> KeyPair {
    let encoding = FixedLengthKeyEncoding.edwards25519
    return try PKCS8.read(privateKey) { (info) throws(CryptoError) in
      guard info.algorithm == encoding.objectIdentifier else { throw .malformed }
      try info.parameters.finish()
      var reader = BERReader(info.privateKey)
      return try reader.withOctets { (seed, reader) throws(CryptoError) in
        try reader.finish()
        guard seed.count == encoding.scalarByteCount else { throw .malformed }
        return try encoding.makeKeyPair { (output, point) throws(CryptoError) in
          output.copyMemory(from: seed)
          point.copyBytes(from: try publicKey(of: seed))
          guard info.publicKey.map({ $0.elementsEqual(point) }) ?? true else { throw .malformed }
        }
      }
    }
  }
}
