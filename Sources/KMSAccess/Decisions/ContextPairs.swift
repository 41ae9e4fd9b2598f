// Encryption contexts as grants compare them.

/// An encryption context compared byte by byte: two spellings of one character are two.
struct ContextPairs: Hashable {
  /// One key with its value.
  struct Pair: Hashable {
    let key: [UInt8]
    let value: [UInt8]
  }

  private let pairs: [[UInt8]: [UInt8]]

  init(_ context: [String: String]) {
    pairs = Dictionary(context.map { (Array($0.key.utf8), Array($0.value.utf8)) }) { first, _ in first }
  }

  /// Every pair.
  var all: [Pair] { pairs.map { Pair(key: $0.key, value: $0.value) } }

  /// The pair with the least key; nil when there is none.
  var first: Pair? {
    pairs.min { $0.key.lexicographicallyPrecedes($1.key) }.map { Pair(key: $0.key, value: $0.value) }
  }

  /// Whether every pair of `other` is here.
  func contains(_ other: ContextPairs) -> Bool {
    other.pairs.allSatisfy { pairs[$0.key] == $0.value }
  }
}
