// Thompson's construction and simulation: every place in the pattern is visited at most once for each character.

/// A pattern as instructions; matching keeps the set of instructions that could come next.
struct PatternProgram: Sendable {
  private enum Instruction: Sendable {
    case consume(CharacterClass)
    case split(Int, Int)
    case assertStart
    case assertEnd
    case accept
  }

  private var instructions: [Instruction] = []

  /// Counted repetitions are written out; this is where that ends.
  private static let maximumSize = 20_000

  init(_ node: PatternNode) throws(PatternSyntaxError) {
    try emit(node)
    try append(.accept)
  }

  // MARK: Construction

  private mutating func append(_ instruction: Instruction) throws(PatternSyntaxError) {
    guard instructions.count < Self.maximumSize else {
      throw PatternSyntaxError(offset: 0, reason: "too large a pattern")
    }
    instructions.append(instruction)
  }

  /// Emits code that falls through to whatever follows when `node` has matched.
  private mutating func emit(_ node: PatternNode) throws(PatternSyntaxError) {
    switch node {
    case .start: try append(.assertStart)
    case .end: try append(.assertEnd)
    case .set(let set): try append(.consume(set))
    case .sequence(let nodes): for node in nodes { try emit(node) }
    case .alternatives(let branches): try emit(branches[...])
    case .repetition(let node, let minimum, let maximum):
      for _ in 0..<minimum {
        let size = instructions.count
        try emit(node)
        if instructions.count == size { break }  // repeating nothing
      }
      if let maximum {
        try emitOptional(node, times: maximum - minimum)
      } else {
        try emitLoop(node)
      }
    }
  }

  private mutating func emit(_ branches: ArraySlice<PatternNode>) throws(PatternSyntaxError) {
    guard let first = branches.first else { return }
    guard branches.count > 1 else { return try emit(first) }
    let split = instructions.count
    try append(.split(split + 1, split + 1))
    try emit(first)
    let jump = instructions.count
    try append(.split(jump, jump))
    instructions[split] = .split(split + 1, instructions.count)
    try emit(branches.dropFirst())
    instructions[jump] = .split(instructions.count, instructions.count)
  }

  /// `times` copies of `node`, each of which may be the last.
  private mutating func emitOptional(_ node: PatternNode, times: Int) throws(PatternSyntaxError) {
    var splits: [Int] = []
    for _ in 0..<times {
      splits.append(instructions.count)
      try append(.split(instructions.count + 1, instructions.count + 1))
      try emit(node)
    }
    for split in splits { instructions[split] = .split(split + 1, instructions.count) }
  }

  private mutating func emitLoop(_ node: PatternNode) throws(PatternSyntaxError) {
    let split = instructions.count
    try append(.split(split + 1, split + 1))
    try emit(node)
    try append(.split(split, split))
    instructions[split] = .split(split + 1, instructions.count)
  }

  // MARK: Simulation

  /// Whether all of `scalars` matches.
  func matches(_ scalars: some IteratorProtocol<Unicode.Scalar>) -> Bool {
    var current = Threads(capacity: instructions.count)
    var following = Threads(capacity: instructions.count)
    var rest = scalars
    var scalar = rest.next()
    follow(0, isAtStart: true, isAtEnd: scalar == nil, into: &current)
    while let consumed = scalar {
      scalar = rest.next()
      following.removeAll()
      for place in current.places {
        guard case .consume(let set) = instructions[place], set.contains(consumed) else { continue }
        follow(place + 1, isAtStart: false, isAtEnd: scalar == nil, into: &following)
      }
      if following.places.isEmpty { return false }
      swap(&current, &following)
    }
    return current.places.contains { place in
      if case .accept = instructions[place] { true } else { false }
    }
  }

  /// Adds `place`, and all places it leads to without consuming anything.
  private func follow(_ place: Int, isAtStart: Bool, isAtEnd: Bool, into threads: inout Threads) {
    threads.open(place)
    while let place = threads.takeOpen() {
      switch instructions[place] {
      case .consume, .accept: break
      case .split(let first, let second):
        threads.open(first)
        threads.open(second)
      case .assertStart: if isAtStart { threads.open(place + 1) }
      case .assertEnd: if isAtEnd { threads.open(place + 1) }
      }
    }
  }

  /// The places reached so far, each once; those from `firstOpen` on have not been followed yet.
  private struct Threads {
    private(set) var places: [Int] = []
    private var firstOpen = 0
    private var isMember: [Bool]

    init(capacity: Int) { isMember = Array(repeating: false, count: capacity) }

    mutating func open(_ place: Int) {
      guard !isMember[place] else { return }
      isMember[place] = true
      places.append(place)
    }

    mutating func takeOpen() -> Int? {
      guard firstOpen < places.count else { return nil }
      firstOpen += 1
      return places[firstOpen - 1]
    }

    mutating func removeAll() {
      for place in places { isMember[place] = false }
      places.removeAll(keepingCapacity: true)
      firstOpen = 0
    }
  }
}
