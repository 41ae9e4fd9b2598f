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

  /// Refuses a structure that holds itself with no list or map between: a Swift struct cannot.
  func refuseDirectRecursion(of id: ShapeID) throws(Refusal) {
    var reached: Set<ShapeID> = []
    var waiting = [id]
    while let next = waiting.popLast() {
      guard case .structure(let members) = try shape(next).kind else { continue }
      for target in members.map(\.target) where reached.insert(target).inserted {
        guard target != id else { throw Refusal(id.description, "holds itself directly, which is not supported yet") }
        waiting.append(target)
      }
    }
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
