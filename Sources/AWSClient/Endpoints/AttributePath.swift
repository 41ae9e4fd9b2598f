// The way to a value inside another one: the second argument of `getAttr`.

/// A path such as `name`, `resourceId[0]` or `[1]`; the empty path is the value itself.
struct AttributePath: Equatable, Sendable {
  enum Step: Equatable, Sendable {
    case member(String)
    /// Counted from the start; negative from the end, where -1 is the last element.
    case element(Int)
  }

  private(set) var steps: [Step] = []

  /// The value itself.
  init() {}

  init(parsing text: String) throws(EndpointRuleError) {
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      var rest = part[...]
      let name = rest.prefix { $0 != "[" }
      rest = rest.dropFirst(name.count)
      guard !name.contains("]"), !(name.isEmpty && rest.isEmpty) else { throw Self.error(text) }
      if !name.isEmpty { steps.append(.member(String(name))) }
      while !rest.isEmpty {
        guard rest.first == "[", let end = rest.firstIndex(of: "]"), let index = Int(rest[..<end].dropFirst()) else {
          throw Self.error(text)
        }
        steps.append(.element(index))
        rest = rest[rest.index(after: end)...]
      }
    }
  }

  private static func error(_ text: String) -> EndpointRuleError {
    .invalidRules("'\(text)' is not a path to an attribute")
  }

  /// What is there in `value`; nil behind the end of an array.
  func value(in value: EndpointValue) throws(EndpointRuleError) -> EndpointValue? {
    var value = value
    for step in steps {
      switch (step, value) {
      case (.member(let name), .record(let members)):
        guard let member = members[name] else { throw .invalidRules("there is no attribute '\(name)'") }
        value = member
      case (.element(let index), .array(let elements)):
        let position = index < 0 ? elements.count + index : index
        guard elements.indices.contains(position) else { return nil }
        value = elements[position]
      case (.member(let name), _): throw .invalidRules("the attribute '\(name)' is asked of what is not a record")
      case (.element, _): throw .invalidRules("an element is asked of what is not a list")
      }
    }
    return value
  }
}
