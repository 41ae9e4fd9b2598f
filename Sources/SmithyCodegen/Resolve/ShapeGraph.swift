// Finding shapes by id, and which structures can be reached from where.

/// The shapes of a model, to be walked from the service down.
struct ShapeGraph {
  let model: SmithyModel

  func shape(_ id: ShapeID) throws(Refusal) -> Shape {
    if let shape = model.shapes[id] ?? Self.prelude[id] { return shape }
    throw Refusal(id.description, "is referred to but not in the model")
  }

  /// The shapes a shape consists of, without those of an operation's or a service's closure.
  func parts(_ shape: Shape) -> [ShapeID] {
    switch shape.kind {
    case .list(let member): [member.target]
    case .map(let key, let value): [key.target, value.target]
    case .structure(let members), .union(let members): members.map(\.target)
    default: []
    }
  }

  /// Every shape that values of `roots` can hold, `roots` included.
  func closure(of roots: [ShapeID]) throws(Refusal) -> Set<ShapeID> {
    var reached: Set<ShapeID> = []
    var waiting = roots
    while let id = waiting.popLast() {
      guard reached.insert(id).inserted else { continue }
      waiting += parts(try shape(id))
    }
    return reached
  }

  /// Whether values of `member` can hold, or are, values of `owner` with no list or map between: Swift structs and
  /// enums cannot hold their own kind without a box.
  ///
  /// - Parameter ways: the kinds of shapes that do not count as a box themselves.
  func holdsDirectly(_ member: ShapeID, _ owner: ShapeID, through ways: [RecursionWay]) throws(Refusal) -> Bool {
    var reached: Set<ShapeID> = []
    var waiting = [member]
    while let next = waiting.popLast() {
      let shape = try shape(next)
      guard ways.contains(where: { $0.includes(shape) }) else { continue }
      if next == owner { return true }
      if reached.insert(next).inserted { waiting += parts(shape) }
    }
    return false
  }

  /// The kinds of shapes whose Swift values lie inside those of what holds them.
  enum RecursionWay {
    case structures, unions

    fileprivate func includes(_ shape: Shape) -> Bool {
      switch (self, shape.kind) {
      case (.structures, .structure), (.unions, .union): true
      default: false
      }
    }
  }

  /// The operations of a service: its own and those of its resources, each once.
  func operations(of service: Shape.Service) throws(Refusal) -> [ShapeID] {
    var operations = Set(service.operations)
    var reached: Set<ShapeID> = []
    var waiting = service.resources
    while let id = waiting.popLast() {
      guard reached.insert(id).inserted else { continue }
      guard case .resource(let resource) = try shape(id).kind else {
        throw Refusal(id.description, "is listed as a resource but is none")
      }
      operations.formUnion(resource.operations)
      waiting += resource.resources
    }
    return operations.sorted()
  }

  /// The shapes every model may refer to without defining them.
  private static let prelude: [ShapeID: Shape] = {
    let names: [(String, Shape.SimpleType)] = [
      ("Blob", .blob), ("Boolean", .boolean), ("String", .string), ("Byte", .byte), ("Short", .short),
      ("Integer", .integer), ("Long", .long), ("Float", .float), ("Double", .double), ("BigInteger", .bigInteger),
      ("BigDecimal", .bigDecimal), ("Timestamp", .timestamp), ("Document", .document),
      ("PrimitiveBoolean", .boolean), ("PrimitiveByte", .byte), ("PrimitiveShort", .short),
      ("PrimitiveInteger", .integer), ("PrimitiveLong", .long), ("PrimitiveFloat", .float),
      ("PrimitiveDouble", .double),
    ]
    var shapes = [ShapeID.unit: Shape(id: .unit, kind: .structure([]))]
    for (name, type) in names {
      let id = ShapeID(namespace: ShapeID.unit.namespace, name: name)
      shapes[id] = Shape(id: id, kind: .simple(type))
    }
    return shapes
  }()
}
