// Turns one entry of the AST's `shapes` into a `Shape`.

/// Reads one shape of a JSON AST.
struct ShapeParser {
  let id: ShapeID
  let node: NodeReader

  func shape() throws(ParseError) -> Shape {
    guard node.optional("mixins") == nil else {
      throw node.error("uses mixins; flatten the model first (smithy ast --flatten)")
    }
    return Shape(id: id, kind: try kind(), traits: try traits(node))
  }

  private func kind() throws(ParseError) -> Shape.Kind {
    let type = try node.required("type").text()
    switch type {
    case "list", "set": return .list(try member("member", node.required("member")))
    case "map":
      return .map(key: try member("key", node.required("key")), value: try member("value", node.required("value")))
    case "structure": return .structure(try members())
    case "union": return .union(try members())
    case "enum": return .enumeration(try enumValues())
    case "intEnum": return .intEnumeration
    case "operation": return .operation(try operation())
    case "service": return .service(try service())
    case "resource": return .resource
    default:
      guard let simple = Shape.SimpleType(rawValue: type) else { throw node.error("has the unknown type \(type)") }
      return .simple(simple)
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

  private func enumValues() throws(ParseError) -> [String] {
    var values: [String] = []
    for (name, value) in try node.required("members").members() {
      values.append(try value.optional("traits")?.optional("smithy.api#enumValue")?.text() ?? name)
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

  private func traits(_ node: NodeReader) throws(ParseError) -> Traits {
    var values: [String: JSONNode] = [:]
    for (name, value) in try node.optional("traits")?.members() ?? [] { values[name] = value.node }
    return Traits(values)
  }
}
