// COSE_Sign1 with ES384, the envelope of an attestation document.

internal import Crypto

/// Bytes signed by one key with ECDSA on P-384 and SHA-384: COSE_Sign1 of RFC 9052 section 4.2, algorithm ES384 (−35).
///
/// Stricter than the RFC where a document has no use for its freedom: the protected header is exactly `{1: -35}`, the
/// unprotected one is empty, because nothing in it would be signed and anyone could fill it on the way, the payload is
/// attached, and the only tag tolerated is 18, once. The Nitro device emits no tag.
struct COSESign1: Hashable, Sendable {
  /// Why bytes are not such a message.
  enum Malformed: Error, Hashable, Sendable {
    /// Not CBOR as it is read here.
    case cbor(CBORError)
    /// Not an array of a protected header, an unprotected header, a payload and a signature of 96 bytes.
    case structure
    /// The protected header is not exactly `{1: -35}`.
    case algorithm
    /// There is something in the unprotected header.
    case unprotectedHeader
  }

  static let tag: UInt64 = 18
  /// `{1: -35}`: label 1 is the algorithm, and −35 is −1 − 34.
  static let protectedHeader: [UInt8] = [0xA1, 0x01, 0x38, 0x22]
  static let signatureLength = 96

  /// What is signed.
  let payload: [UInt8]
  /// r and s, 48 bytes each.
  let signature: [UInt8]

  /// Reads a message, tagged or not. Whether its signature is right only ``isValid(for:)`` tells.
  init(decoding bytes: [UInt8]) throws(Malformed) {
    let value: CBORValue
    do throws(CBORError) {
      // A tag, an array, its four members; the headers' contents are empty or inside a byte string.
      value = try CBORReader.read(bytes, limits: .init(depth: 3, items: 8))
    } catch {
      throw .cbor(error)
    }
    var message = value
    if case .tagged(Self.tag, let inner) = value { message = inner }
    guard case .array(let members) = message, members.count == 4,
      case .bytes(let protected) = members[0], case .map(let unprotected) = members[1],
      case .bytes(let payload) = members[2], case .bytes(let signature) = members[3],
      signature.count == Self.signatureLength
    else { throw .structure }
    guard protected == Self.protectedHeader else { throw .algorithm }
    guard unprotected.entries.isEmpty else { throw .unprotectedHeader }
    self.payload = payload
    self.signature = signature
  }

  /// Signs `payload` with `key`. Throws what swift-crypto throws when it cannot sign.
  init(signing payload: [UInt8], with key: P384.Signing.PrivateKey) throws {
    self.payload = payload
    signature = [UInt8](try key.signature(for: Self.signedBytes(payload)).rawRepresentation)
  }

  /// Whether `key` made the signature.
  func isValid(for key: P384.Signing.PublicKey) -> Bool {
    guard let signature = try? P384.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
    return key.isValidSignature(signature, for: Self.signedBytes(payload))
  }

  /// The message without a tag, as the Nitro device emits it.
  var encoded: [UInt8] {
    CBORWriter.write(
      .array([.bytes(Self.protectedHeader), .map(CBORMap()), .bytes(payload), .bytes(signature)]))
  }

  /// `Sig_structure` of RFC 9052 section 4.4: context, protected header, no external data, payload.
  static func signedBytes(_ payload: [UInt8]) -> [UInt8] {
    CBORWriter.write(
      .array([.text("Signature1"), .bytes(Self.protectedHeader), .bytes([]), .bytes(payload)]))
  }
}
