// A pattern as a tree.

/// What the parser makes of a pattern, and the compiler a program.
indirect enum PatternNode: Equatable {
  case start
  case end
  case set(CharacterClass)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// `maximum` is nil where there is none.
  case repetition(PatternNode, minimum: Int, maximum: Int?)

  /// The one class this pattern repeats, if that is all it does: `^[a-z]+$`.
  var asRun: (set: CharacterClass, counts: ClosedRange<Int>)? {
    var parts = [self]
    if case .sequence(let nodes) = self { parts = nodes }
    if parts.first == .start { parts.removeFirst() }
    if parts.last == .end { parts.removeLast() }
    guard parts.count == 1, case .repetition(.set(let set), let minimum, let maximum) = parts[0] else { return nil }
    return (set, minimum...max(maximum ?? .max, minimum))
  }
}
