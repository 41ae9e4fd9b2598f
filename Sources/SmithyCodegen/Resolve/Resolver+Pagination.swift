// The members that an operation's pages hang together by.

extension Resolver {
  /// How the result of `operation` comes in pages; nil when it comes in one piece.
  ///
  /// - Parameters:
  ///   - traits: the operation's traits.
  ///   - defaults: the service's traits, whose pagination counts where the operation's says nothing.
  ///   - structures: the structures that the output's members may hold.
  /// - Throws: ``Refusal`` when the trait names members that are missing or cannot have that part.
  func pagination(
    of operation: ResolvedOperation, traits: Traits, defaults: Traits, structures: [ResolvedStructure]
  ) throws(Refusal) -> ResolvedPagination? {
    guard let trait = traits[Self.paginated] else { return nil }
    let fallback = defaults[Self.paginated]
    func name(_ part: String) -> String? { trait[part]?.text ?? fallback?[part]?.text }
    guard let inputToken = name("inputToken"), let outputToken = name("outputToken") else {
      throw Refusal(operation.name, "is paginated without saying which members are the tokens")
    }
    let start = try path(inputToken, in: operation.input, of: operation, structures: structures)
    let next = try path(outputToken, in: operation.output, of: operation, structures: structures)
    guard start.outer.isEmpty, start.last.initializerDefault != nil, start.last.value.isToken else {
      throw Refusal(operation.name, "starts its pages at \(inputToken), which is no optional string or map")
    }
    guard next.last.value.isToken, next.last.value.swiftType == start.last.value.swiftType else {
      throw Refusal(operation.name, "continues at \(outputToken), which is not of \(inputToken)'s type")
    }
    var items: ResolvedPagination.MemberPath?
    if let name = name("items") {
      let found = try path(name, in: operation.output, of: operation, structures: structures)
      guard found.last.value.isCollection else {
        throw Refusal(operation.name, "has \(name) as its pages' items, which is neither a list nor a map")
      }
      items = found
    }
    return ResolvedPagination(inputToken: start.last, outputToken: next, items: items)
  }

  private static let paginated = "smithy.api#paginated"

  /// Finds the members that `path` names, with dots between them.
  private func path(
    _ path: String, in structure: ResolvedStructure, of operation: ResolvedOperation,
    structures: [ResolvedStructure]
  ) throws(Refusal) -> ResolvedPagination.MemberPath {
    var members: [ResolvedMember] = []
    var holder: ResolvedStructure? = structure
    for name in path.split(separator: ".") {
      guard let member = holder?.members.first(where: { $0.wireName == name }) else {
        throw Refusal(operation.name, "is paginated by \(path), which \(structure.swiftName) does not have")
      }
      members.append(member)
      holder = nil
      if case .structure(let inner) = member.value.type { holder = structures.first { $0.swiftName == inner } }
    }
    guard let last = members.popLast() else {
      throw Refusal(operation.name, "is paginated by a member without a name")
    }
    return ResolvedPagination.MemberPath(outer: members, last: last)
  }
}

extension ResolvedValue {
  /// Whether the value can say where a page starts.
  fileprivate var isToken: Bool {
    switch type {
    case .string, .map: true
    default: false
    }
  }

  /// Whether the value holds any number of others.
  fileprivate var isCollection: Bool {
    switch type {
    case .list, .map: true
    default: false
    }
  }
}
