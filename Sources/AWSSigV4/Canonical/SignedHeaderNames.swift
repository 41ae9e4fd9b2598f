// The list of header names that a signature covers: `host;x-amz-date`.

/// A `SignedHeaders` list with the places of its names.
struct SignedHeaderNames: Sendable, Equatable {
  /// The list as received or as it will be sent.
  let list: String
  /// Where the names stand in the list's bytes.
  let ranges: [Range<Int>]
  /// Whether the list is as the specification asks: names in lower case, none empty, each after the one before it.
  ///
  /// A list in order has no name twice, which also bounds the work that a hostile list can cause.
  let isCanonical: Bool

  /// Takes a list apart.
  init(list: String) {
    self.list = list
    (ranges, isCanonical) = list.withBytes { bytes in
      var ranges: [Range<Int>] = []
      ranges.reserveCapacity(8)
      var isCanonical = true
      var start = 0
      while start <= bytes.count {
        let end = bytes.firstIndex(of: UInt8(ascii: ";"), in: start..<bytes.count) ?? bytes.count
        let name = start..<end
        if name.isEmpty { isCanonical = false }
        if let previous = ranges.last, !bytes.precedes(previous, name) { isCanonical = false }
        for index in name where bytes[index] != bytes[index].lowercasedASCII { isCanonical = false }
        ranges.append(name)
        start = end + 1
      }
      return (ranges, isCanonical)
    }
  }

  /// The list that covers all of `names`, which may come in any case and order.
  init(names: some Sequence<String>) {
    let unique = Set(names.map { String(decoding: $0.utf8.map(\.lowercasedASCII), as: UTF8.self) })
    self.init(list: unique.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: ";"))
  }

  /// Whether `name`, in any case, is on the list.
  func contains(_ name: String) -> Bool {
    let length = name.utf8.count
    return list.withBytes { bytes in
      ranges.contains { $0.count == length && bytes.matchesIgnoringCase(name, in: $0) }
    }
  }
}
