// Decides the type and the constraints of what a member, list element or map value holds.

/// Resolves values, and collects the patterns their constraints need.
struct ValueResolver {
  let graph: ShapeGraph
  let naming: SwiftNaming
  let overlay: Overlay
  private(set) var patterns: [String: String] = [:]

  init(graph: ShapeGraph, naming: SwiftNaming, overlay: Overlay) {
    self.graph = graph
    self.naming = naming
    self.overlay = overlay
  }

  /// Resolves what `member` of the shape called `owner` holds.
  mutating func value(of member: Shape.Member, in owner: String) throws(Refusal) -> ResolvedValue {
    let target = try graph.shape(member.target)
    let traits = target.traits.overridden(by: member.traits)
    let subject = "\(owner)$\(member.name)"
    guard !traits.isStreaming else { throw Refusal(subject, "is streamed, which awsJson operations here cannot do") }
    let isSensitive =
      (traits.isSensitive || overlay.sensitive.contains(subject)) && !overlay.notSensitive.contains(subject)
    let patternName = member.traits.pattern == nil ? target.id.name : "\(owner)_\(member.name)"
    return ResolvedValue(
      try kind(of: target, traits: traits, subject: subject),
      constraints: constraints(traits, on: target, patternName: patternName),
      isSensitive: isSensitive)
  }

  private mutating func kind(
    of target: Shape, traits: Traits, subject: String
  ) throws(Refusal) -> ResolvedValue.Kind {
    switch target.kind {
    case .simple(let type): return try simpleKind(type, traits: traits, subject: subject)
    case .enumeration: return .enumeration(naming.typeName(target.id.name))
    case .structure: return .structure(naming.typeName(target.id.name))
    case .list(let element):
      return .list(try value(of: element, in: target.id.name), isSparse: target.traits.isSparse)
    case .map(let key, let element):
      let keyValue = try value(of: key, in: target.id.name)
      guard keyValue.isPlainText else { throw Refusal(subject, "is a map whose keys are no plain strings") }
      return .map(
        key: keyValue, value: try value(of: element, in: target.id.name), isSparse: target.traits.isSparse)
    case .union: throw Refusal(subject, "is the union \(target.id); unions are not supported yet")
    case .intEnumeration: throw Refusal(subject, "is the intEnum \(target.id); intEnums are not supported yet")
    case .operation, .service, .resource: throw Refusal(subject, "refers to \(target.id), which holds no data")
    }
  }

  private func simpleKind(
    _ type: Shape.SimpleType, traits: Traits, subject: String
  ) throws(Refusal) -> ResolvedValue.Kind {
    switch type {
    case .string: return .string
    case .blob: return .blob
    case .boolean: return .boolean
    case .byte: return .integer(bits: 8)
    case .short: return .integer(bits: 16)
    case .integer: return .integer(bits: 32)
    case .long: return .integer(bits: 64)
    case .float: return .float
    case .double: return .double
    case .document: return .document
    case .bigInteger, .bigDecimal: throw Refusal(subject, "is a \(type.rawValue), which is not supported yet")
    case .timestamp:
      guard let name = traits.timestampFormat else { return .timestamp(.epochSeconds) }
      guard let format = ResolvedValue.TimestampFormat(rawValue: name) else {
        throw Refusal(subject, "has the unknown timestamp format \(name)")
      }
      return .timestamp(format)
    }
  }

  private mutating func constraints(
    _ traits: Traits, on target: Shape, patternName: String
  ) -> [ResolvedValue.Constraint] {
    var constraints: [ResolvedValue.Constraint] = []
    if let length = traits.length { constraints.append(.length(length)) }
    if let pattern = traits.pattern {
      let name = naming.identifier(patternName)
      patterns[name] = pattern
      constraints.append(.pattern(name))
    }
    if let range = traits.range { constraints.append(.range(range)) }
    if case .enumeration = target.kind { constraints.append(.enumeration) }
    return constraints
  }
}
