// The query of a request target, taken apart and put in canonical order.

/// One `name=value` of a query, percent-encoding undone.
struct QueryParameter: Equatable {
  var name: [UInt8]
  var value: [UInt8]

  /// The parameters of the query in `range`, in their order; a parameter without `=` has an empty value.
  static func parse(_ bytes: Span<UInt8>, in range: Range<Int>) -> [QueryParameter] {
    var parameters: [QueryParameter] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = bytes.firstIndex(of: UInt8(ascii: "&"), in: start..<range.upperBound) ?? range.upperBound
      if start < end {
        let equals = bytes.firstIndex(of: UInt8(ascii: "="), in: start..<end) ?? end
        parameters.append(
          QueryParameter(
            name: [UInt8](percentDecoding: bytes, in: start..<equals),
            value: [UInt8](percentDecoding: bytes, in: min(equals + 1, end)..<end)))
      }
      start = end + 1
    }
    return parameters
  }

  /// The parameters of a whole request target.
  static func parse(target: String) -> [QueryParameter] {
    target.withBytes { bytes in
      guard let mark = bytes.firstIndex(of: UInt8(ascii: "?"), in: bytes.indices) else { return [] }
      return parse(bytes, in: mark + 1..<bytes.count)
    }
  }

  /// Name and value percent-encoded again, whatever encoding the sender had chosen.
  fileprivate var encoded: QueryParameter {
    var result = QueryParameter(name: [], value: [])
    result.name.append(percentEncoded: name)
    result.value.append(percentEncoded: value)
    return result
  }
}

extension [UInt8] {
  /// Appends the canonical query: encoded, then sorted by name and by value; `=` also after a name without a value.
  mutating func append(canonicalQuery parameters: [QueryParameter]) {
    let sorted = parameters.map(\.encoded).sorted { left, right in
      left.name == right.name
        ? left.value.lexicographicallyPrecedes(right.value) : left.name.lexicographicallyPrecedes(right.name)
    }
    for (position, parameter) in sorted.enumerated() {
      if position > 0 { append(UInt8(ascii: "&")) }
      append(contentsOf: parameter.name)
      append(UInt8(ascii: "="))
      append(contentsOf: parameter.value)
    }
  }
}
