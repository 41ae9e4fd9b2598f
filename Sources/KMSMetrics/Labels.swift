// The values that a label may have: fixed when the service starts, so that no caller can make new ones.

/// A closed set of label values, each with a place in a table of counters.
struct Labels: Sendable {
  /// The values, the one for everything else last.
  let values: [String]
  private let places: [String: Int]
  private let fallbackPlace: Int

  /// The given values, without repetitions, and `fallback` for whatever is none of them.
  init(_ values: [String], otherwise fallback: String) {
    var known: [String] = []
    var places: [String: Int] = [:]
    for value in values + [fallback] where places[value] == nil {
      places[value] = known.count
      known.append(value)
    }
    self.values = known
    self.places = places
    fallbackPlace = places[fallback] ?? known.count - 1
  }

  /// How many values there are.
  var count: Int { values.count }

  /// The place of a value.
  func place(of value: String) -> Int { places[value] ?? fallbackPlace }
}
