// Turns one entry of the AST's `shapes` into a `Shape`.

/// Reads one shape of a JSON AST.
struct ShapeParser {
  let id: ShapeID
  let node: NodeReader

  func shape() throws(ParseError) -> Shape { Shape(id: id, kind: try kind(), traits: try traits()) }

  /// The shapes whose members and traits the shape has too.
  func mixins() throws(ParseError) -> [ShapeID] { try node.optional("mixins")?.targets() ?? [] }

  func traits() throws(ParseError) -> Traits { try traits(node) }

  private func kind() throws(ParseError) -> Shape.Kind {
    let type = try node.required("type").text()
    switch type {
    case "list", "set": return .list(try member("member", node.required("member")))
    case "map":
      return .map(key: try member("key", node.required("key")), value: try member("value", node.required("value")))
    case "structure": return .structure(try members())
    case "union": return .union(try members())
    case "enum": return .enumeration(try enumValues())
    case "intEnum": return .intEnumeration(try intEnumValues())
    case "operation": return .operation(try operation())
    case "service": return .service(try service())
    case "resource": return .resource(try resource())
    default:
      guard let simple = Shape.SimpleType(rawValue: type) else { throw node.error("has the unknown type \(type)") }
      guard simple == .string, let values = try enumTraitValues() else { return .simple(simple) }
      return .enumeration(values)
    }
  }

  private func members() throws(ParseError) -> [Shape.Member] {
    var members: [Shape.Member] = []
    for (name, value) in try node.optional("members")?.members() ?? [] { members.append(try member(name, value)) }
    return members
  }

  private func member(_ name: String, _ node: NodeReader) throws(ParseError) -> Shape.Member {
    Shape.Member(name: name, target: try node.target(), traits: try traits(node))
  }

  private func enumValues() throws(ParseError) -> [Shape.EnumValue<String>] {
    var values: [Shape.EnumValue<String>] = []
    for (name, value) in try node.required("members").members() {
      let text = try value.optional("traits")?.optional("smithy.api#enumValue")?.text() ?? name
      values.append(Shape.EnumValue(name: name, value: text))
    }
    return values
  }

  private func intEnumValues() throws(ParseError) -> [Shape.EnumValue<Int>] {
    var values: [Shape.EnumValue<Int>] = []
    for (name, value) in try node.required("members").members() {
      let number = try value.required("traits").required("smithy.api#enumValue").integer()
      values.append(Shape.EnumValue(name: name, value: number))
    }
    return values
  }

  /// The values of a string that is an enum in the way of Smithy 1; nil when it has no such trait.
  private func enumTraitValues() throws(ParseError) -> [Shape.EnumValue<String>]? {
    guard let trait = node.optional("traits")?.optional("smithy.api#enum") else { return nil }
    var values: [Shape.EnumValue<String>] = []
    for element in try trait.elements() {
      let value = try element.required("value").text()
      values.append(Shape.EnumValue(name: try element.optional("name")?.text() ?? value, value: value))
    }
    return values
  }

  private func operation() throws(ParseError) -> Shape.Operation {
    Shape.Operation(
      input: try node.optional("input")?.target() ?? .unit,
      output: try node.optional("output")?.target() ?? .unit,
      errors: try node.optional("errors")?.targets() ?? [])
  }

  private func service() throws(ParseError) -> Shape.Service {
    Shape.Service(
      version: try node.optional("version")?.text() ?? "",
      operations: try node.optional("operations")?.targets() ?? [],
      resources: try node.optional("resources")?.targets() ?? [],
      errors: try node.optional("errors")?.targets() ?? [])
  }

  private func resource() throws(ParseError) -> Shape.Resource {
    var operations: [ShapeID] = []
    for lifecycle in ["create", "put", "read", "update", "delete", "list"] {
      if let operation = node.optional(lifecycle) { operations.append(try operation.target()) }
    }
    operations += try node.optional("operations")?.targets() ?? []
    operations += try node.optional("collectionOperations")?.targets() ?? []
    return Shape.Resource(operations: operations, resources: try node.optional("resources")?.targets() ?? [])
  }

  private func traits(_ node: NodeReader) throws(ParseError) -> Traits {
    var values: [String: JSONNode] = [:]
    for (name, value) in try node.optional("traits")?.members() ?? [] { values[name] = value.node }
    return Traits(values)
  }
}
