// Reads typed values out of a JSON document and says where in the document something else was found.

/// A JSON value together with its place in the document, for errors that name the place.
struct NodeReader {
  let node: JSONNode
  let path: String

  init(_ node: JSONNode, path: String) {
    self.node = node
    self.path = path
  }

  /// The value of the member called `name`, nil when there is none.
  func optional(_ name: String) -> NodeReader? {
    node[name].map { NodeReader($0, path: "\(path).\(name)") }
  }

  /// The value of the member called `name`, which has to be there.
  func required(_ name: String) throws(ParseError) -> NodeReader {
    guard let value = optional(name) else { throw error("has no \"\(name)\"") }
    return value
  }

  func text() throws(ParseError) -> String {
    guard let text = node.text else { throw error("is not a string") }
    return text
  }

  func integer() throws(ParseError) -> Int {
    guard let integer = node.integer else { throw error("is not a whole number") }
    return integer
  }

  func boolean() throws(ParseError) -> Bool {
    guard case .bool(let value) = node else { throw error("is neither true nor false") }
    return value
  }

  func members() throws(ParseError) -> [(name: String, value: NodeReader)] {
    guard case .object(let members) = node else { throw error("is not an object") }
    return members.map { ($0.name, NodeReader($0.value, path: "\(path).\($0.name)")) }
  }

  func elements() throws(ParseError) -> [NodeReader] {
    guard case .array(let elements) = node else { throw error("is not an array") }
    return elements.enumerated().map { NodeReader($1, path: "\(path)[\($0)]") }
  }

  func texts() throws(ParseError) -> [String] {
    var texts: [String] = []
    for element in try elements() { texts.append(try element.text()) }
    return texts
  }

  func textByName() throws(ParseError) -> [String: String] {
    var texts: [String: String] = [:]
    for (name, value) in try members() { texts[name] = try value.text() }
    return texts
  }

  /// The ids in an array of `{"target": id}`.
  func targets() throws(ParseError) -> [ShapeID] {
    var targets: [ShapeID] = []
    for element in try elements() { targets.append(try element.target()) }
    return targets
  }

  /// The id in `{"target": id}`.
  func target() throws(ParseError) -> ShapeID {
    let target = try required("target")
    guard let id = ShapeID(try target.text()) else { throw target.error("is not a shape id") }
    return id
  }

  func error(_ reason: String) -> ParseError { ParseError(path: path, reason: reason) }
}
