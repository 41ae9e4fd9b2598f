// The parameters of protocol tests, which are JSON, become Swift literals of the generated types.

/// Translates the node values of a test to expressions of a service's types.
///
/// Specification: <https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html#parameter-format>.
struct ParamsTranslator {
  private let structures: [String: ResolvedStructure]
  private let unions: [String: ResolvedUnion]
  private let enumerations: [String: ResolvedEnumeration]
  private let intEnumerations: [String: ResolvedIntEnumeration]
  /// The modules that the expressions made so far need.
  private(set) var modules: Set<Import> = []

  init(_ service: ResolvedService) {
    structures = Dictionary(service.structures.map { ($0.swiftName, $0) }) { first, _ in first }
    unions = Dictionary(service.unions.map { ($0.swiftName, $0) }) { first, _ in first }
    enumerations = Dictionary(service.enumerations.map { ($0.swiftName, $0) }) { first, _ in first }
    intEnumerations = Dictionary(service.intEnumerations.map { ($0.swiftName, $0) }) { first, _ in first }
  }

  /// A call of the initializer of `structure` with the members that `node` has.
  mutating func expression(_ node: JSONNode, _ structure: ResolvedStructure) throws(Refusal) -> Expression {
    guard case .object(let given) = node else {
      throw Refusal(structure.swiftName, "has parameters that are no object")
    }
    if let stray = given.first(where: { member in !structure.members.contains { $0.wireName == member.name } }) {
      throw Refusal("\(structure.swiftName)$\(stray.name)", "has a parameter but is not in the model")
    }
    return .call(Call(structure.swiftName, try arguments(node, structure.initializerMembers)))
  }

  /// The arguments for those of `members` that `node` has.
  mutating func arguments(_ node: JSONNode, _ members: [ResolvedMember]) throws(Refusal) -> [Call.Argument] {
    var arguments: [Call.Argument] = []
    for member in members {
      if let value = node[member.wireName], value != .null || (member.isRequired && member.value.type == .document) {
        arguments.append(Call.Argument(member.swiftName, try expression(value, member.value)))
      } else if member.initializerDefault == nil {
        throw Refusal(member.wireName, "must have a value, but the test has none")
      }
    }
    return arguments
  }

  /// An input with nothing in it but what there must be, for tests that are about the answer.
  mutating func smallest(_ structure: ResolvedStructure) throws(Refusal) -> Expression {
    var arguments: [Call.Argument] = []
    for member in structure.initializerMembers where member.initializerDefault == nil {
      arguments.append(Call.Argument(member.swiftName, try smallest(member.value)))
    }
    return .call(Call(structure.swiftName, arguments))
  }

  private mutating func smallest(_ value: ResolvedValue) throws(Refusal) -> Expression {
    modules.formUnion(value.modules)
    if case .structure(let name) = value.type { return try smallest(structure(name)) }
    return .code(value.expression(value.emptyValue))
  }

  private mutating func expression(_ node: JSONNode, _ value: ResolvedValue) throws(Refusal) -> Expression {
    modules.formUnion(value.modules)
    switch (value.type, node) {
    case (.string, .string(let text)): return Self.text(text, isSecret: value.isSensitive)
    case (.blob, .string(let text)): return Self.blob(text, isSecret: value.isSensitive)
    case (.boolean, .bool(let bool)): return .code("\(bool)")
    case (.float, _), (.double, _): if let number = Self.floatingPoint(node, value.swiftType) { return .code(number) }
    case (.integer, _), (.number, _):
      if let integer = node.integer { return .code(value.expression(.integer(integer))) }
    case (.timestamp, .number(let seconds)): return .code(value.expression(.seconds(seconds)))
    case (.document, _): return .code(value.expression(.document(node)))
    case (.enumeration(let name), .string(let text)): return .code(enumeration(name, text))
    case (.intEnumeration(let name), .number):
      if let integer = node.integer { return .code(enumeration(name, integer)) }
    case (.structure(let name), .object): return try expression(node, structure(name))
    case (.union(let name), .object(let members)): return try union(name, members)
    case (.list(let element, let isSparse), .array(let nodes)): return try list(nodes, of: element, isSparse: isSparse)
    case (.map(_, let element, let isSparse), .object(let members)):
      return try map(members, of: element, isSparse: isSparse)
    default: break
    }
    throw Refusal(value.swiftType, "has a parameter that is no value of the type")
  }

  private mutating func list(_ nodes: [JSONNode], of element: ResolvedValue, isSparse: Bool) throws(Refusal)
    -> Expression
  {
    var elements: [Expression] = []
    for node in nodes { elements.append(isSparse && node == .null ? .code("nil") : try expression(node, element)) }
    return .list(elements)
  }

  private mutating func map(
    _ members: [JSONNode.Member], of element: ResolvedValue, isSparse: Bool
  ) throws(Refusal) -> Expression {
    var entries: [Expression.Entry] = []
    for member in members {
      let value = isSparse && member.value == .null ? .code("nil") : try expression(member.value, element)
      entries.append(Expression.Entry(SwiftIdentifier.literal(member.name), value))
    }
    return .dictionary(entries)
  }

  private mutating func union(_ name: String, _ members: [JSONNode.Member]) throws(Refusal) -> Expression {
    let given = members.filter { $0.value != .null }
    guard let only = given.first, given.count == 1,
      let member = unions[name]?.members.first(where: { $0.wireName == only.name })
    else { throw Refusal(name, "has parameters that are not exactly one of the union's members") }
    guard let value = member.value else { return .code(Self.case(member.swiftName, of: name)) }
    return .call(Call(Self.case(member.swiftName, of: name), [.init(nil, try expression(only.value, value))]))
  }

  private func enumeration(_ name: String, _ text: String) -> String {
    guard let known = enumerations[name]?.cases.first(where: { $0.wireName == text }) else {
      return ".unknown(\(SwiftIdentifier.literal(text)))"
    }
    return Self.case(known.swiftName, of: name)
  }

  private func enumeration(_ name: String, _ integer: Int) -> String {
    guard let known = intEnumerations[name]?.cases.first(where: { $0.value == integer }) else {
      return "\(name)(rawValue: \(integer))"
    }
    return Self.case(known.swiftName, of: name)
  }

  private func structure(_ name: String) throws(Refusal) -> ResolvedStructure {
    guard let structure = structures[name] else { throw Refusal(name, "is used by a test but not in the model") }
    return structure
  }

  /// `.name`, unless an optional has a case of that name itself.
  private static func `case`(_ name: String, of type: String) -> String {
    ["none", "some"].contains(name) ? "\(type).\(name)" : ".\(name)"
  }

  private static func text(_ text: String, isSecret: Bool) -> Expression {
    if isSecret { return .code("SecretBytes(\(SwiftIdentifier.literal(text)).utf8)") }
    if text.contains("\n") { return .lines(text) }
    return text.contains { "\"\\".contains($0) } ? .rawText(text) : .code(SwiftIdentifier.literal(text))
  }

  /// In tests a blob is the text that its bytes are in UTF-8.
  private static func blob(_ text: String, isSecret: Bool) -> Expression {
    .code("\(isSecret ? "SecretBytes" : "Array")(\(SwiftIdentifier.literal(text)).utf8)")
  }

  private static func floatingPoint(_ node: JSONNode, _ type: String) -> String? {
    switch node {
    case .string("NaN"): "\(type).nan"
    case .string("Infinity"): "\(type).infinity"
    case .string("-Infinity"): "-\(type).infinity"
    case .number, .wideInteger: node.integer.map(String.init) ?? node.number.map { "\($0)" }
    default: nil
    }
  }
}
