// A CBOR map: entries in the order they were read or added, never two with one key.

/// The entries of a CBOR map, in order. A key occurs once: setting it again replaces its value where it stands.
///
/// The order is kept and not sorted: the Nitro device writes a document's fields in an order of its own, and a
/// signature covers the bytes as they are.
struct CBORMap: Hashable, Sendable {
  /// One entry.
  struct Entry: Hashable, Sendable {
    /// What the entry is found by.
    let key: CBORKey
    /// What it holds.
    let value: CBORValue
  }

  /// The entries, in order.
  private(set) var entries: [Entry] = []
  private var positions: [CBORKey: Int] = [:]

  /// An empty map.
  init() {}

  /// A map of named entries; of two with one name the last counts.
  init(_ named: [(String, CBORValue)]) {
    for (name, value) in named { self[.text(name)] = value }
  }

  /// The value of `key`; nil when there is none. Setting nil changes nothing.
  subscript(key: CBORKey) -> CBORValue? {
    get { positions[key].map { entries[$0].value } }
    set {
      guard let newValue else { return }
      let entry = Entry(key: key, value: newValue)
      if let position = positions[key] {
        entries[position] = entry
      } else {
        positions[key] = entries.count
        entries.append(entry)
      }
    }
  }
}
