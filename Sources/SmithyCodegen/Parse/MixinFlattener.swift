// Gives shapes what their mixins have, so that nothing later has to know of mixins.

/// Copies members and traits of mixins into the shapes that use them, and adds traits that the model applies from afar.
///
/// Specification: <https://smithy.io/2.0/spec/mixins.html> and, for `apply`, <https://smithy.io/2.0/spec/json-ast.html>.
struct MixinFlattener {
  /// The file's name, for errors.
  let path: String
  private(set) var shapes: [ShapeID: Shape]
  /// The mixins of the shapes that have some.
  private var waiting: [ShapeID: [ShapeID]]

  init(path: String, shapes: [ShapeID: Shape], mixins: [ShapeID: [ShapeID]]) {
    self.path = path
    self.shapes = shapes
    waiting = mixins
  }

  /// Flattens every shape.
  mutating func flatten() throws(ParseError) {
    for id in waiting.keys.sorted() { try flatten(id, inside: []) }
  }

  /// Adds `traits` to the shape `id`, or to the member after a `$` in it.
  mutating func apply(_ traits: Traits, to id: ShapeID) throws(ParseError) {
    let parts = id.name.split(separator: "$", maxSplits: 1).map(String.init)
    guard let name = parts.first, var shape = shapes[ShapeID(namespace: id.namespace, name: name)] else {
      throw ParseError(path: path, reason: "applies traits to \(id), which it does not have")
    }
    if parts.count == 1 {
      shape.traits = shape.traits.overridden(by: traits)
    } else {
      shape.kind = shape.kind.mapMembers { member in
        var member = member
        if member.name == parts[1] { member.traits = member.traits.overridden(by: traits) }
        return member
      }
    }
    shapes[shape.id] = shape
  }

  private mutating func flatten(_ id: ShapeID, inside users: [ShapeID]) throws(ParseError) {
    guard let mixins = waiting[id] else { return }
    guard !users.contains(id) else { throw ParseError(path: path, reason: "has the mixin \(id), which uses itself") }
    for mixin in mixins { try flatten(mixin, inside: users + [id]) }
    waiting[id] = nil
    guard var shape = shapes[id] else { return }
    var parts: [Shape] = []
    for mixin in mixins {
      guard let part = shapes[mixin] else {
        throw ParseError(path: path, reason: "has \(id) use the mixin \(mixin), which it does not have")
      }
      parts.append(part)
    }
    let inherited = parts.reduce(Traits()) { $0.overridden(by: $1.traits.inherited) }
    shape.traits = inherited.overridden(by: shape.traits)
    for part in parts.reversed() { shape.kind = shape.kind.with(part.kind) }
    shapes[id] = shape
  }
}

extension Traits {
  /// The traits that a mixin gives on: all but those that it keeps to itself.
  fileprivate var inherited: Traits {
    var own: Set<String> = ["smithy.api#mixin"]
    if case .array(let names)? = self["smithy.api#mixin"]?["localTraits"] { own.formUnion(names.compactMap(\.text)) }
    return without(own)
  }
}

extension Shape.Kind {
  /// This kind with everything that a mixin of the same kind has in front of its own.
  fileprivate func with(_ mixin: Shape.Kind) -> Shape.Kind {
    switch (self, mixin) {
    case (.structure(let own), .structure(let others)): return .structure(Self.merged(others, own))
    case (.union(let own), .union(let others)): return .union(Self.merged(others, own))
    case (.enumeration(let own), .enumeration(let others)):
      return .enumeration(others.filter { other in !own.contains { $0.name == other.name } } + own)
    case (.intEnumeration(let own), .intEnumeration(let others)):
      return .intEnumeration(others.filter { other in !own.contains { $0.name == other.name } } + own)
    case (.operation(var own), .operation(let other)):
      own.errors = other.errors.filter { !own.errors.contains($0) } + own.errors
      return .operation(own)
    case (.service(var own), .service(let other)):
      own.operations = other.operations.filter { !own.operations.contains($0) } + own.operations
      own.resources = other.resources.filter { !own.resources.contains($0) } + own.resources
      own.errors = other.errors.filter { !own.errors.contains($0) } + own.errors
      return .service(own)
    default: return self
    }
  }

  /// The members of a mixin, each with what the shape itself says of it, and then the shape's own.
  private static func merged(_ inherited: [Shape.Member], _ own: [Shape.Member]) -> [Shape.Member] {
    let redefined = inherited.map { member in
      guard var mine = own.first(where: { $0.name == member.name }) else { return member }
      mine.traits = member.traits.overridden(by: mine.traits)
      return mine
    }
    return redefined + own.filter { mine in !inherited.contains { $0.name == mine.name } }
  }

  fileprivate func mapMembers(_ transform: (Shape.Member) -> Shape.Member) -> Shape.Kind {
    switch self {
    case .structure(let members): .structure(members.map(transform))
    case .union(let members): .union(members.map(transform))
    case .list(let member): .list(transform(member))
    case .map(let key, let value): .map(key: transform(key), value: transform(value))
    default: self
    }
  }
}
