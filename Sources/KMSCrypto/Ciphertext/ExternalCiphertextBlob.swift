// A ciphertext blob that was encrypted twice: by this service, then by an external key. docs/ciphertext-format.md §6.

/// A ciphertext of a key in an external key store, taken apart.
///
/// What the external key encrypted is a ``CiphertextBlob`` of the same key and material. As there, what the blob says of
/// itself is public; here only the inner blob, once it is decrypted, tells whether it is true.
public struct ExternalCiphertextBlob: Hashable, Sendable {
  /// What an external key store's proxy answers to an encryption: everything it needs to decrypt.
  public struct Sealed: Hashable, Sendable {
    /// 12 or 16 bytes.
    public let initializationVector: [UInt8]
    /// 16 bytes.
    public let authenticationTag: [UInt8]
    /// Up to 20 bytes of the proxy's own.
    public let metadata: [UInt8]
    /// The encrypted bytes, as many as there were.
    public let ciphertext: [UInt8]

    /// Puts the parts together; nil when one of them does not have the size it must have.
    public init?(
      initializationVector: [UInt8], authenticationTag: [UInt8], metadata: [UInt8], ciphertext: [UInt8]
    ) {
      guard [12, 16].contains(initializationVector.count), authenticationTag.count == 16, metadata.count <= 20,
        !ciphertext.isEmpty
      else { return nil }
      self.initializationVector = initializationVector
      self.authenticationTag = authenticationTag
      self.metadata = metadata
      self.ciphertext = ciphertext
    }
  }

  /// The longest blob: KMS's limit.
  public static let maximumByteCount = 6144

  /// The key that the blob names: a UUID, or `mrk-…`.
  public let keyID: String
  /// The material, within that key, that the blob names.
  public let materialID: MaterialID
  /// What the proxy made of the inner blob.
  public let sealed: Sealed
  /// The whole blob.
  public let bytes: [UInt8]

  /// Puts a blob together.
  /// - Throws: ``CryptoError/invalidKeyID`` for text that is no key id, ``CryptoError/inputTooLong`` for more than KMS
  ///   allows a blob to have.
  public init(keyID: String, materialID: MaterialID, sealed: Sealed) throws(CryptoError) {
    var bytes: [UInt8] = [CiphertextBlob.Layout.currentVersion, Self.algorithm]
    var compactKeyID = [UInt8](repeating: 0, count: CompactKeyID.byteCount)
    guard compactKeyID.withUnsafeMutableBytes({ CompactKeyID.write(keyID, into: $0) }) else { throw .invalidKeyID }
    bytes += compactKeyID + materialID.bytes
    for part in [sealed.initializationVector, sealed.authenticationTag, sealed.metadata] {
      bytes.append(UInt8(part.count))  // 20 at most
      bytes += part
    }
    guard bytes.count + 2 + sealed.ciphertext.count <= Self.maximumByteCount else { throw .inputTooLong }
    bytes += [UInt8(sealed.ciphertext.count >> 8), UInt8(truncatingIfNeeded: sealed.ciphertext.count)]
    bytes += sealed.ciphertext
    self.keyID = keyID
    self.materialID = materialID
    self.sealed = sealed
    self.bytes = bytes
  }

  /// Takes `bytes` apart.
  /// - Throws: ``CryptoError/malformed`` for bytes that no version of this format allows.
  public static func parse(_ bytes: [UInt8]) throws(CryptoError) -> ExternalCiphertextBlob {
    guard bytes.count <= maximumByteCount, bytes.count > CiphertextBlob.Layout.materialID.upperBound,
      bytes[CiphertextBlob.Layout.version] == CiphertextBlob.Layout.currentVersion,
      bytes[CiphertextBlob.Layout.algorithm] == algorithm,
      let keyID = bytes.withUnsafeBytes({
        CompactKeyID.text(of: UnsafeRawBufferPointer(rebasing: $0[CiphertextBlob.Layout.keyID]))
      }),
      let materialID = MaterialID(bytes[CiphertextBlob.Layout.materialID])
    else { throw .malformed }
    var rest = bytes[CiphertextBlob.Layout.materialID.upperBound...]
    guard let initializationVector = rest.takePart(lengthBytes: 1),
      let authenticationTag = rest.takePart(lengthBytes: 1),
      let metadata = rest.takePart(lengthBytes: 1),
      let ciphertext = rest.takePart(lengthBytes: 2), rest.isEmpty,
      let sealed = Sealed(
        initializationVector: initializationVector, authenticationTag: authenticationTag, metadata: metadata,
        ciphertext: ciphertext)
    else { throw .malformed }
    return try ExternalCiphertextBlob(keyID: keyID, materialID: materialID, sealed: sealed)
  }

  /// AES-256-GCM under the external key, around a blob of ``CiphertextBlob``'s algorithm.
  private static let algorithm: UInt8 = 2
}

extension ArraySlice<UInt8> {
  /// Takes a big-endian length and as many bytes off the front; nil when there are not as many.
  fileprivate mutating func takePart(lengthBytes: Int) -> [UInt8]? {
    guard count >= lengthBytes else { return nil }
    let length = prefix(lengthBytes).reduce(0) { $0 << 8 | Int($1) }
    self = dropFirst(lengthBytes)
    guard count >= length else { return nil }
    defer { self = dropFirst(length) }
    return Array(prefix(length))
  }
}
