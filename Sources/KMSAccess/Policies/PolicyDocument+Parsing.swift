// From the JSON of a policy to the policy.

extension PolicyDocument {
  /// Parses the text of a policy.
  init(_ text: String, kind: Kind) throws(PolicyError) {
    guard case .object(let members) = try PolicyNode(text) else { throw .notAnObject }
    let object = try PolicyObject(members, of: ["Version", "Id", "Statement"])
    version = try Self.version(object)
    id = try object.string("Id")
    guard let node = object["Statement"] else { throw .missingMember("Statement") }
    let nodes: [PolicyNode] = if case .array(let elements) = node { elements } else { [node] }
    guard !nodes.isEmpty else { throw .malformedMember("Statement") }
    var statements: [PolicyStatement] = []
    var sids: Set<[UInt8]> = []
    for node in nodes {
      guard case .object(let members) = node else { throw .malformedMember("Statement") }
      let statement = try PolicyStatement(
        members, number: statements.count + 1, kind: kind, hasVariables: version == .second)
      if let sid = statement.sid, !sids.insert(Array(sid.utf8)).inserted { throw .duplicateSid(sid) }
      statements.append(statement)
    }
    self.statements = statements
    selectedActions = statements.map(KnownAction.selected)
  }

  private static func version(_ object: PolicyObject) throws(PolicyError) -> Version {
    guard let text = try object.string("Version") else { return .first }
    guard let version = Version(rawValue: text) else { throw .unknownVersion(text) }
    return version
  }
}

extension PolicyStatement {
  fileprivate init(
    _ members: [PolicyNode.Member], number: Int, kind: PolicyDocument.Kind, hasVariables: Bool
  ) throws(PolicyError) {
    let object = try PolicyObject(
      members,
      of: [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
      ])
    // An empty name is none, and may therefore repeat.
    let sid = try object.string("Sid").flatMap { $0.isEmpty ? nil : $0 }
    reference = StatementReference(sid: sid, number: number)
    guard let effect = try object.string("Effect") else { throw .missingMember("Effect") }
    guard let effect = Effect(rawValue: effect) else { throw .unknownEffect(effect) }
    self.effect = effect
    let actions = try object.selection("Action") { text throws(PolicyError) in
      guard let action = ActionPattern(text), kind.allows(action: text) else { throw .invalidAction(text) }
      return action
    }
    let resources = try object.selection("Resource") { text throws(PolicyError) in
      guard let resource = ResourcePattern(text, hasVariables: hasVariables) else { throw .invalidResource(text) }
      return resource
    }
    // A key policy's statement may lack its action or its resource, and does nothing then.
    switch kind {
    case .key(let partition):
      principals = try Self.principals(object, partition: partition)
      self.resources = resources
    case .identity:
      try object.refuse("Principal", "NotPrincipal")
      if actions == nil { throw .missingMember("Action") }
      if resources == nil { throw .missingMember("Resource") }
      principals = nil
      self.resources = resources
    case .trust(let partition):
      try object.refuse("Resource", "NotResource")
      if actions == nil { throw .missingMember("Action") }
      principals = try Self.principals(object, partition: partition)
      self.resources = .allBut([])
    }
    self.actions = actions
    conditions = try Self.conditions(object["Condition"], hasVariables: hasVariables)
  }

  // MARK: Principals

  private static func principals(
    _ object: PolicyObject, partition: String
  ) throws(PolicyError) -> PolicySelection<PolicyPrincipal> {
    guard let (node, isNegated) = try object.either("Principal", "NotPrincipal") else { throw .noPrincipal }
    let principals = try principals(node, partition: partition)
    return isNegated ? .allBut(principals) : .only(principals)
  }

  private static func principals(_ node: PolicyNode, partition: String) throws(PolicyError) -> [PolicyPrincipal] {
    guard case .object(let members) = node else {
      guard node == .string("*") else { throw .invalidPrincipal }
      return [.anyone]
    }
    guard !members.isEmpty else { throw .noPrincipal }
    var principals: [PolicyPrincipal] = []
    for member in members {
      guard let names = member.value.strings else { throw .invalidPrincipal }
      for name in names {
        let principal: PolicyPrincipal? =
          switch member.name {
          case "AWS": PolicyPrincipal(aws: name, partition: partition)
          case "Service": PolicyPrincipal(service: name)
          case "Federated": PolicyPrincipal(federated: name, partition: partition)
          // CanonicalUser is a principal of S3's policies only.
          default: nil
          }
        guard let principal else { throw .invalidPrincipal }
        principals.append(principal)
      }
    }
    return principals
  }

  // MARK: Conditions

  private static func conditions(_ node: PolicyNode?, hasVariables: Bool) throws(PolicyError) -> [PolicyCondition] {
    guard let node else { return [] }
    guard case .object(let blocks) = node else { throw .malformedMember("Condition") }
    var conditions: [PolicyCondition] = []
    for block in blocks {
      let comparison = try Comparison(block.name)
      guard case .object(let keys) = block.value else { throw .malformedMember("Condition") }
      for key in keys {
        conditions.append(try PolicyCondition(comparison, key: key.name, key.value, hasVariables: hasVariables))
      }
    }
    return conditions
  }
}

/// What stands in front of a condition block, such as `ForAnyValue:StringLikeIfExists`.
private struct Comparison {
  let text: String
  let comparison: ConditionOperator
  let qualifier: PolicyCondition.Qualifier?
  let ifExists: Bool

  init(_ text: String) throws(PolicyError) {
    self.text = text
    var name = text[...]
    qualifier = PolicyCondition.Qualifier.allCases.first { text.hasPrefix($0.rawValue + ":") }
    if let qualifier { name = name.dropFirst(qualifier.rawValue.count + 1) }
    ifExists = name.hasSuffix("IfExists")
    if ifExists { name = name.dropLast("IfExists".count) }
    guard let comparison = ConditionOperator(rawValue: String(name)), !(ifExists && comparison == .null) else {
      throw .unknownOperator(text)
    }
    self.comparison = comparison
  }
}

extension PolicyCondition {
  fileprivate init(
    _ comparison: Comparison, key: String, _ node: PolicyNode, hasVariables: Bool
  ) throws(PolicyError) {
    // A key has its service's prefix, or that of an identity provider.
    guard let colon = key.firstIndex(of: ":"), colon != key.startIndex, !key.hasSuffix(":") else {
      throw .invalidConditionKey(key)
    }
    guard let values = node.texts else { throw .malformedMember("Condition") }
    let condition = PolicyCondition(
      comparison: comparison.comparison, qualifier: comparison.qualifier, ifExists: comparison.ifExists, key: key,
      values: values, hasVariables: hasVariables)
    guard let condition else { throw .invalidConditionValue(operator: comparison.text) }
    self = condition
  }
}

extension PolicyDocument.Kind {
  /// Whether a policy of this kind can be about an action.
  fileprivate func allows(action: String) -> Bool {
    guard case .trust = self else { return true }
    return TrustPolicy.actions.contains { $0.lowercased() == action.lowercased() }
  }
}

/// The members of a JSON object of which each name is known.
private struct PolicyObject {
  private let members: [String: PolicyNode]

  init(_ members: [PolicyNode.Member], of names: Set<String>) throws(PolicyError) {
    var known: [String: PolicyNode] = [:]
    for member in members {
      guard names.contains(member.name) else { throw .unknownMember(member.name) }
      known[member.name] = member.value
    }
    self.members = known
  }

  subscript(name: String) -> PolicyNode? { members[name] }

  /// Refuses members that are known elsewhere.
  func refuse(_ names: String...) throws(PolicyError) {
    for name in names where members[name] != nil { throw .unknownMember(name) }
  }

  /// A member that is a string if it is there.
  func string(_ name: String) throws(PolicyError) -> String? {
    guard let node = members[name] else { return nil }
    guard case .string(let text) = node else { throw .malformedMember(name) }
    return text
  }

  /// One of two members that exclude each other, and whether it is the second.
  func either(_ name: String, _ negated: String) throws(PolicyError) -> (PolicyNode, isNegated: Bool)? {
    switch (members[name], members[negated]) {
    case (nil, nil): return nil
    case (let node?, nil): return (node, false)
    case (nil, let node?): return (node, true)
    case (_?, _?): throw .conflictingMembers(name, negated)
    }
  }

  /// What `name`, or `Not…` with the same end, lists.
  func selection<Element>(
    _ name: String, _ parse: (String) throws(PolicyError) -> Element
  ) throws(PolicyError) -> PolicySelection<Element>? {
    guard let (node, isNegated) = try either(name, "Not" + name) else { return nil }
    guard let texts = node.strings else { throw .malformedMember(isNegated ? "Not" + name : name) }
    var elements: [Element] = []
    for text in texts { elements.append(try parse(text)) }
    return isNegated ? .allBut(elements) : .only(elements)
  }
}
