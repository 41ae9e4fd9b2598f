// Why a local use of a KMS key's public half did not succeed.

public import KMSModel

/// Why a public key did not encrypt, or a signature was not accepted.
public enum PublicKeyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The key is for another use than this one, for which KMS would refuse it, too.
  case otherKeyUsage(KeyUsage)
  /// The algorithm is not among those that KMS lists for the key.
  case algorithmNotOffered(String)
  /// The key has the algorithm, but this client cannot compute it: ask the service.
  ///
  /// These are `SM2PKE` and `SM2DSA`, `ED25519_PH_SHA_512`, and everything on secp256k1 and ML-DSA-44.
  case unsupportedAlgorithm(String)
  /// The plaintext is empty or longer than one encryption under this key takes.
  case plaintextLength(maximum: Int)
  /// The digest does not have the length of the algorithm's.
  case digestLength(expected: Int)
  /// The algorithm signs whole messages only.
  case digestNotAccepted(SigningAlgorithm)
  /// The signature is not one of this key over this message with this algorithm.
  case invalidSignature
  /// The cryptographic library failed.
  case libraryFailure

  /// What went wrong, in words that hold nothing of the message.
  public var description: String {
    switch self {
    case .otherKeyUsage(let usage): "the key is for \(usage.rawValue)"
    case .algorithmNotOffered(let name): "the key does not offer \(name)"
    case .unsupportedAlgorithm(let name): "\(name) with this kind of key cannot be computed locally"
    case .plaintextLength(let maximum): "the plaintext must have 1 to \(maximum) bytes"
    case .digestLength(let expected): "the digest must have \(expected) bytes"
    case .digestNotAccepted(let algorithm): "\(algorithm.rawValue) signs whole messages, not digests"
    case .invalidSignature: "the signature is not valid"
    case .libraryFailure: "the cryptographic library failed"
    }
  }
}
