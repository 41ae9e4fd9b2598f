// The canonical request: the one text that signer and verifier must write alike.

internal import Crypto

/// The bytes of a canonical request (IAM User Guide, "Create a signed AWS API request", task 1).
struct CanonicalRequest {
  private(set) var bytes: [UInt8] = []

  /// Writes the canonical request.
  ///
  /// - Parameters:
  ///   - form: with ``SignatureForm/query`` the signature itself, which stands in the query, is left out.
  ///   - normalizingPath: see ``RequestSigner/normalizesPath``.
  /// - Returns: nil when `request` lacks a header that the list names.
  init?(
    _ request: SignableRequest, signedHeaders: SignedHeaderNames, payloadHash: SHA256.Digest, form: SignatureForm,
    normalizingPath: Bool
  ) {
    bytes.reserveCapacity(768)  // most requests fit; small enough for the allocator's fast path
    bytes.append(contentsOf: request.method.utf8)
    bytes.append(lineFeed)
    append(target: request.target, form: form, normalizingPath: normalizingPath)
    guard append(signedHeaders, of: request.headers) else { return nil }
    bytes.append(lineFeed)
    bytes.append(contentsOf: signedHeaders.list.utf8)
    bytes.append(lineFeed)
    bytes.append(hexadecimal: payloadHash)
  }

  /// The path line and the query line.
  private mutating func append(target: String, form: SignatureForm, normalizingPath: Bool) {
    target.withBytes { text in
      let pathEnd = text.firstIndex(of: UInt8(ascii: "?"), in: text.indices) ?? text.count
      bytes.append(canonicalPath: text, in: 0..<pathEnd, normalizing: normalizingPath)
      bytes.append(lineFeed)
      if pathEnd + 1 < text.count {
        var parameters = QueryParameter.parse(text, in: pathEnd + 1..<text.count)
        if form == .query { parameters.removeAll { $0.name == PresignedParameter.signature.name } }
        bytes.append(canonicalQuery: parameters)
      }
      bytes.append(lineFeed)
    }
  }

  /// One line for each signed header: the values of all its fields in arrival order, joined by commas.
  private mutating func append(_ signedHeaders: SignedHeaderNames, of headers: [HeaderField]) -> Bool {
    signedHeaders.list.withBytes { list in
      for name in signedHeaders.ranges {
        bytes.append(list, in: name)
        bytes.append(UInt8(ascii: ":"))
        guard
          append(valuesOf: list.extracting(name), in: headers)
            || list.matches("host", in: name) && append(valuesOf: ":authority", in: headers)
            || list.matches(":authority", in: name) && append(valuesOf: "host", in: headers)
        else { return false }
        bytes.append(lineFeed)
      }
      return true
    }
  }

  private mutating func append(valuesOf name: String, in headers: [HeaderField]) -> Bool {
    name.withBytes { append(valuesOf: $0, in: headers) }
  }

  /// Appends the values of the fields with a name, which is in lower case; false when there is none.
  private mutating func append(valuesOf name: Span<UInt8>, in headers: [HeaderField]) -> Bool {
    var found = false
    for index in headers.indices
    where headers[index].name.utf8.count == name.count
      && name.matchesIgnoringCase(headers[index].name, in: name.indices)
    {
      if found { bytes.append(UInt8(ascii: ",")) }
      bytes.append(canonicalValue: headers[index].value)
      found = true
    }
    return found
  }
}

private let lineFeed = UInt8(ascii: "\n")

extension [UInt8] {
  /// Appends a header value without white space at its ends, every inner run of it as one space.
  fileprivate mutating func append(canonicalValue value: String) {
    value.withBytes { text in
      let trimmed = text.trimmed(text.indices)
      var pieceStart = trimmed.lowerBound
      var index = pieceStart
      while index < trimmed.upperBound {
        if text[index].isWhiteSpace {
          append(text, in: pieceStart..<index)
          append(UInt8(ascii: " "))
          repeat { index += 1 } while text[index].isWhiteSpace  // ends: the last byte of `trimmed` is none
          pieceStart = index
        } else {
          index += 1
        }
      }
      append(text, in: pieceStart..<trimmed.upperBound)
    }
  }

  fileprivate mutating func append(_ bytes: Span<UInt8>, in range: Range<Int>) {
    bytes.extracting(range).withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
