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
    if traits.isStreaming { throw Self.streaming(target, subject: subject) }
    let isSensitive =
      (traits.isSensitive || overlay.sensitive.contains(subject)) && !overlay.notSensitive.contains(subject)
    let patternName = member.traits.pattern == nil ? target.id.name : "\(owner)_\(member.name)"
    return ResolvedValue(
      try kind(of: target, traits: traits, subject: subject),
      constraints: constraints(traits, on: target, patternName: patternName),
      isSensitive: isSensitive)
  }

  private static func streaming(_ target: Shape, subject: String) -> Refusal {
    if case .union = target.kind {
      return Refusal(
        subject, "is the event stream \(target.id); operations here have one answer, which comes as a whole")
    }
    return Refusal(subject, "is a streaming \(target.id.name); operations here take and answer whole JSON bodies")
  }

  private mutating func kind(
    of target: Shape, traits: Traits, subject: String
  ) throws(Refusal) -> ResolvedValue.Kind {
    switch target.kind {
    case .simple(let type): return try simpleKind(type, traits: traits, subject: subject)
    case .enumeration: return .enumeration(naming.typeName(target.id.name))
    case .intEnumeration: return .intEnumeration(naming.typeName(target.id.name))
    case .union: return .union(naming.typeName(target.id.name))
    case .structure: return .structure(naming.typeName(target.id.name))
    case .list(let element):
      return .list(try value(of: element, in: target.id.name), isSparse: target.traits.isSparse)
    case .map(let key, let element):
      var keyValue = try value(of: key, in: target.id.name)
      if case .enumeration = keyValue.type {
        // A dictionary by plain strings keeps the keys that nobody knows as they are.
        keyValue.type = .string
        keyValue.constraints.removeAll { $0 == .enumeration }
      }
      guard keyValue.isPlainText else { throw Refusal(subject, "is a map whose keys are no plain strings") }
      return .map(
        key: keyValue, value: try value(of: element, in: target.id.name), isSparse: target.traits.isSparse)
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
    case .bigInteger, .bigDecimal: return .number
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
    switch target.kind {
    case .enumeration, .intEnumeration: constraints.append(.enumeration)
    default: break
    }
    return constraints
  }
}
