// Reads EnvelopedData, in BER or DER, within limits.

internal import SwiftASN1

extension EnvelopedData {
  /// Reads ContentInfo with EnvelopedData inside: at most ``RecipientEnvelope/maximumSize`` bytes.
  ///
  /// Lengths may be definite or indefinite and the content in one piece or several, but nothing else is free: one
  /// recipient, named by its key's identifier, and KMS's algorithms.
  init(decoding bytes: [UInt8]) throws(RecipientEnvelopeError) {
    guard bytes.count <= RecipientEnvelope.maximumSize else { throw .tooLarge }
    do {
      self = try Self.contentInfo(try BER.parse(bytes))
    } catch let error as RecipientEnvelopeError {
      throw error
    } catch {
      throw .malformed
    }
    guard initializationVector.count == Self.blockSize, !encryptedContent.isEmpty,
      encryptedContent.count.isMultiple(of: Self.blockSize)
    else { throw .malformed }
  }

  private static let context0 = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
  private static let context1 = ASN1Identifier(tagWithNumber: 1, tagClass: .contextSpecific)

  private static let envelopedData: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 3]
  private static let data: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 1]
  private static let aes256CBC: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 1, 42]
  private static let sha256: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 1]
  private static let mgf1: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 8]
  private static let rsaesOAEP: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 7]

  private static func contentInfo(_ root: ASN1Node) throws -> EnvelopedData {
    try BER.sequence(root, identifier: .sequence) { nodes in
      try expect(envelopedData, &nodes, otherwise: .malformed)
      return try onlyChild(of: try next(&nodes), identifier: context0) { try envelopedData($0) }
    }
  }

  private static func envelopedData(_ node: ASN1Node) throws -> EnvelopedData {
    try BER.sequence(node, identifier: .sequence) { nodes in
      try expectVersion(&nodes)
      let recipient = try onlyChild(of: try next(&nodes), identifier: .set) { try recipientInfo($0) }
      let content = try encryptedContentInfo(try next(&nodes))
      return EnvelopedData(
        subjectKeyIdentifier: recipient.identifier, encryptedKey: recipient.encryptedKey,
        initializationVector: content.vector, encryptedContent: content.bytes)
    }
  }

  private static func recipientInfo(_ node: ASN1Node) throws -> (identifier: [UInt8], encryptedKey: [UInt8]) {
    try BER.sequence(node, identifier: .sequence) { nodes in
      try expectVersion(&nodes)
      let identifier = try octets(try next(&nodes), identifier: context0)
      try keyEncryptionAlgorithm(try next(&nodes))
      return (identifier, try octets(try next(&nodes)))
    }
  }

  /// RSAES-OAEP with SHA-256 and MGF1 with SHA-256, and no label.
  private static func keyEncryptionAlgorithm(_ node: ASN1Node) throws {
    try BER.sequence(node, identifier: .sequence) { nodes in
      try expect(rsaesOAEP, &nodes, otherwise: .unsupportedAlgorithm)
      // The defaults, which may be left out, are SHA-1's.
      guard let parameters = nodes.next() else { throw RecipientEnvelopeError.unsupportedAlgorithm }
      try BER.sequence(parameters, identifier: .sequence) { parameters in
        guard let hash = parameters.next(), hash.identifier == context0,
          let mask = parameters.next(), mask.identifier == context1, parameters.next() == nil
        else { throw RecipientEnvelopeError.unsupportedAlgorithm }
        try onlyChild(of: hash, identifier: context0) { try expectSHA256($0) }
        try onlyChild(of: mask, identifier: context1) { function in
          try BER.sequence(function, identifier: .sequence) { nodes in
            try expect(mgf1, &nodes, otherwise: .unsupportedAlgorithm)
            try expectSHA256(try next(&nodes))
          }
        }
      }
    }
  }

  private static func expectSHA256(_ node: ASN1Node) throws {
    try BER.sequence(node, identifier: .sequence) { nodes in
      try expect(sha256, &nodes, otherwise: .unsupportedAlgorithm)
      // With or without: RFC 4055 section 2.1.
      if let null = nodes.next() { _ = try ASN1Null(berEncoded: null) }
    }
  }

  private static func encryptedContentInfo(_ node: ASN1Node) throws -> (vector: [UInt8], bytes: [UInt8]) {
    try BER.sequence(node, identifier: .sequence) { nodes in
      try expect(data, &nodes, otherwise: .malformed)
      let vector = try BER.sequence(try next(&nodes), identifier: .sequence) { algorithm in
        try expect(aes256CBC, &algorithm, otherwise: .unsupportedAlgorithm)
        return try octets(try next(&algorithm))
      }
      return (vector, try octets(try next(&nodes), identifier: context0))
    }
  }
}

// The parts that occur more than once.
extension EnvelopedData {
  private static func next(_ nodes: inout ASN1NodeCollection.Iterator) throws -> ASN1Node {
    guard let node = nodes.next() else { throw RecipientEnvelopeError.malformed }
    return node
  }

  private static func onlyChild<Value>(
    of node: ASN1Node, identifier: ASN1Identifier, _ read: (ASN1Node) throws -> Value
  ) throws -> Value {
    try BER.sequence(node, identifier: identifier) { nodes in try read(try next(&nodes)) }
  }

  private static func octets(_ node: ASN1Node, identifier: ASN1Identifier = .octetString) throws -> [UInt8] {
    [UInt8](try ASN1OctetString(berEncoded: node, withIdentifier: identifier).bytes)
  }

  private static func expectVersion(_ nodes: inout ASN1NodeCollection.Iterator) throws {
    guard try Int(berEncoded: &nodes) == version else { throw RecipientEnvelopeError.malformed }
  }

  private static func expect(
    _ identifier: ASN1ObjectIdentifier, _ nodes: inout ASN1NodeCollection.Iterator,
    otherwise error: RecipientEnvelopeError
  ) throws {
    guard try ASN1ObjectIdentifier(berEncoded: &nodes) == identifier else { throw error }
  }
}
