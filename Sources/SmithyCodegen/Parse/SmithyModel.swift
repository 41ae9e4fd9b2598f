// A Smithy 2.0 model, read from its JSON AST.

/// The shapes of a Smithy model by id, and the ids in the order of the file.
///
/// Specification: <https://smithy.io/2.0/spec/json-ast.html>.
public struct SmithyModel: Equatable, Sendable {
  public private(set) var shapes: [ShapeID: Shape] = [:]
  public private(set) var order: [ShapeID] = []

  public init(_ shapes: [Shape]) {
    for shape in shapes { add(shape) }
  }

  /// Parses a JSON AST.
  ///
  /// - Parameters:
  ///   - bytes: the AST, as UTF-8.
  ///   - name: what to call the model in errors, usually its file name.
  /// - Throws: ``ParseError`` when the bytes are not a Smithy 2.0 AST, or use parts of it that are not supported.
  public init(parsing bytes: [UInt8], named name: String) throws(ParseError) {
    let root = NodeReader(try JSONNode(parsing: bytes, named: name), path: name)
    let version = try root.required("smithy").text()
    guard version == "2" || version.hasPrefix("2.") else {
      throw root.error("is Smithy \(version); only Smithy 2 is supported")
    }
    var mixins: [ShapeID: [ShapeID]] = [:]
    var applied: [(id: ShapeID, traits: Traits)] = []
    for (text, value) in try root.required("shapes").members() {
      guard let id = ShapeID(text) else { throw value.error("is not an absolute shape id") }
      let parser = ShapeParser(id: id, node: value)
      if value.node["type"]?.text == "apply" {
        applied.append((id, try parser.traits()))
        continue
      }
      add(try parser.shape())
      mixins[id] = try parser.mixins()
    }
    var flattener = MixinFlattener(path: name, shapes: shapes, mixins: mixins.filter { !$0.value.isEmpty })
    try flattener.flatten()
    for (id, traits) in applied { try flattener.apply(traits, to: id) }
    shapes = flattener.shapes
  }

  private mutating func add(_ shape: Shape) {
    if shapes.updateValue(shape, forKey: shape.id) == nil { order.append(shape.id) }
  }
}
