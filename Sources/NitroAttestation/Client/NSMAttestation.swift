// The one request to the Nitro Secure Module that attestation needs, and its answer.

/// `Attestation` of the module's protocol: CBOR, as serde writes the Rust enums `Request` and `Response` of
/// aws/aws-nitro-enclaves-nsm-api.
enum NSMAttestation {
  /// The longest request that the driver passes on: `NSM_REQUEST_MAX_SIZE`.
  static let maximumRequest = 0x1000
  /// The longest answer that it gives back: `NSM_RESPONSE_MAX_SIZE`.
  static let maximumResponse = 0x3000

  /// `{"Attestation": {"user_data": …, "nonce": …, "public_key": …}}`, null for what is absent.
  static func request(publicKey: [UInt8], userData: [UInt8]?, nonce: [UInt8]?) -> [UInt8] {
    func optional(_ bytes: [UInt8]?) -> CBORValue { bytes.map { .bytes($0) } ?? .null }
    let parameters = CBORMap([
      ("user_data", optional(userData)), ("nonce", optional(nonce)), ("public_key", .bytes(publicKey)),
    ])
    return CBORWriter.write(.map(CBORMap([("Attestation", .map(parameters))])))
  }

  /// The document in `{"Attestation": {"document": …}}`; the refusal in `{"Error": "…"}` is thrown.
  static func document(in answer: [UInt8]) throws(AttestationProviderError) -> [UInt8] {
    guard answer.count <= maximumResponse,
      case .map(let map)? = try? CBORReader.read(answer, limits: .init(depth: 2, items: 16)),
      map.entries.count == 1, let entry = map.entries.first
    else { throw .malformedAnswer }
    switch (entry.key, entry.value) {
    case (.text("Attestation"), .map(let members)):
      guard case .bytes(let document)? = members[.text("document")], !document.isEmpty else { throw .malformedAnswer }
      return document
    case (.text("Error"), .text(let code)):
      guard let refusal = NitroSecureModule.Refusal(rawValue: code) else { throw .malformedAnswer }
      throw .refused(refusal)
    default: throw .malformedAnswer
    }
  }
}
