// What a writer of records keeps in mind between one call and the next.

/// The state of a writer whose text is for a log that outlives the request: no secrets, no bulk.
struct RecordStyle: Sendable {
  /// A name that has been written and has no value yet.
  struct Name: Sendable {
    /// Where it begins, its comma included.
    let start: Int
    /// Whether a comma was due in front of it.
    let neededComma: Bool
  }

  /// The members to leave out, by their names in the model.
  let leftOut: [StaticString]
  /// The name just written; nil behind a value.
  var name: Name?
  /// How many containers are open inside a member that is left out, 0 in front of its value; nil outside of one.
  var omittedDepth: Int?

  /// Whether the member is to be left out.
  func leavesOut(_ name: StaticString) -> Bool { leftOut.contains { Self.haveSameText($0, name) } }

  private static func haveSameText(_ left: StaticString, _ right: StaticString) -> Bool {
    left.withUTF8Buffer { l in
      right.withUTF8Buffer { r in
        guard l.count == r.count else { return false }
        for index in 0..<l.count where l[index] != r[index] { return false }
        return true
      }
    }
  }
}
