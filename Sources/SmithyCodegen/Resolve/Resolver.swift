// From a model and its overlay to a service whose every name and type is decided.

/// Resolves one service of a model.
public struct Resolver {
  private let overlay: Overlay
  private let graph: ShapeGraph
  private let naming: SwiftNaming
  private var values: ValueResolver
  /// The shapes that requests can hold.
  private var inputClosure: Set<ShapeID> = []

  /// Resolves the only service of `model`.
  ///
  /// - Throws: ``Refusal`` when there is no such service, when it uses something that is not supported, or when the
  ///   overlay speaks of something that the model does not have.
  public static func resolve(_ model: SmithyModel, overlay: Overlay) throws(Refusal) -> ResolvedService {
    try OverlayCheck(model: model, overlay: overlay).refuseStaleEntries()
    var resolver = Resolver(model: model, overlay: overlay)
    return try resolver.service()
  }

  private init(model: SmithyModel, overlay: Overlay) {
    self.overlay = overlay
    graph = ShapeGraph(model: model)
    naming = SwiftNaming(overlay)
    values = ValueResolver(graph: graph, naming: naming, overlay: overlay)
  }

  private mutating func service() throws(Refusal) -> ResolvedService {
    let (shape, service) = try onlyService()
    var operations: [(id: ShapeID, shape: Shape.Operation)] = []
    for id in service.operations.sorted() {
      guard case .operation(let operation) = try graph.shape(id).kind else {
        throw Refusal(id.description, "is listed as an operation but is none")
      }
      operations.append((id, operation))
    }

    let inputs = operations.map(\.shape.input)
    let outputs = operations.map(\.shape.output)
    let errors = Set(operations.flatMap(\.shape.errors) + service.errors).sorted()
    inputClosure = try graph.closure(of: inputs)
    let closure = try graph.closure(of: inputs + outputs)
    let inner = try innerStructures(closure)

    var resolved = ResolvedService(
      name: shape.id.name, swiftName: swiftName(of: shape), documentation: overlay.documentation.service,
      operations: [], structures: [], enumerations: [], errors: [], patterns: [], choices: [])
    for (id, operation) in operations {
      resolved.operations.append(try self.operation(id, operation, serviceErrors: service.errors))
    }
    for id in inner.sorted() {
      try graph.refuseDirectRecursion(of: id)
      resolved.structures.append(try structure(id, named: naming.typeName(id.name), documentation: nil))
    }
    for id in closure.sorted() {
      if let enumeration = try enumeration(id) { resolved.enumerations.append(enumeration) }
    }
    for id in errors { resolved.errors.append(try error(id)) }
    for choice in overlay.exactlyOneOf {
      let owners = resolved.operations.filter { $0.choice?.swiftName == choice.type }
      if let resolvedChoice = owners.first?.choice { resolved.choices.append(resolvedChoice) }
    }
    resolved.patterns = values.patterns.sorted { $0.key < $1.key }.map {
      ResolvedPattern(swiftName: $0.key, pattern: $0.value)
    }
    return resolved
  }

  private func onlyService() throws(Refusal) -> (Shape, Shape.Service) {
    var found: [(Shape, Shape.Service)] = []
    for id in graph.model.order {
      guard let shape = graph.model.shapes[id], case .service(let service) = shape.kind else { continue }
      found.append((shape, service))
    }
    guard let (shape, service) = found.first, found.count == 1 else {
      throw Refusal("the model", "has \(found.count) services; exactly one is needed")
    }
    let protocols = ["aws.protocols#awsJson1_0", "aws.protocols#awsJson1_1"]
    guard protocols.contains(where: shape.traits.has) else {
      throw Refusal(shape.id.description, "speaks neither awsJson1_0 nor awsJson1_1, the protocols supported")
    }
    guard service.resources.isEmpty else {
      throw Refusal(shape.id.description, "has resources; list their operations in the service instead")
    }
    return (shape, service)
  }

  private func swiftName(of service: Shape) -> String {
    let name = service.traits["aws.api#service"]?["sdkId"]?.text ?? service.id.name
    return name.filter { $0.isLetter || $0.isNumber }
  }

  /// The structures that need a type of their own: all but those that are only ever a whole input or output.
  private func innerStructures(_ closure: Set<ShapeID>) throws(Refusal) -> Set<ShapeID> {
    var inner: Set<ShapeID> = []
    for id in closure {
      for part in graph.parts(try graph.shape(id)) {
        if case .structure = try graph.shape(part).kind { inner.insert(part) }
      }
    }
    return inner
  }

  private mutating func operation(
    _ id: ShapeID, _ operation: Shape.Operation, serviceErrors: [ShapeID]
  ) throws(Refusal) -> ResolvedOperation {
    let name = id.name
    let input = try structure(
      operation.input, named: "\(name)Input", documentation: "What ``\(name)`` takes.")
    let output = try structure(
      operation.output, named: "\(name)Output", documentation: "What ``\(name)`` answers.")
    var errors: [ResolvedError] = []
    for errorID in operation.errors + serviceErrors {
      let resolved = try error(errorID)
      if !errors.contains(resolved) { errors.append(resolved) }
    }
    return ResolvedOperation(
      name: name, methodName: naming.identifier(name),
      documentation: overlay.documentation.operations[name] ?? "The operation `\(name)`.",
      input: input, output: output, hasOutputShape: operation.output != .unit, errors: errors,
      choice: try choice(for: operation.input, members: input.members))
  }

  private mutating func structure(
    _ id: ShapeID, named swiftName: String, documentation: String?
  ) throws(Refusal) -> ResolvedStructure {
    guard case .structure(let members) = try graph.shape(id).kind else {
      throw Refusal(id.description, "is used as an input or output but is not a structure")
    }
    let name = id.name
    let present = overlay.alwaysPresent[name] ?? []
    let isInput = inputClosure.contains(id)
    if isInput, !present.isEmpty {
      throw Refusal(name, "has members that are always present according to the overlay, but callers send it too")
    }
    var resolved: [ResolvedMember] = []
    for member in members {
      resolved.append(
        ResolvedMember(
          wireName: member.name, swiftName: naming.identifier(member.name),
          pathName: SwiftNaming.pathName(member.name),
          documentation: memberDocumentation(member.name, in: name), value: try values.value(of: member, in: name),
          isRequired: member.traits.isRequired || present.contains(member.name)))
    }
    if let twice = resolved.map(\.swiftName).firstRepeated {
      throw Refusal(name, "has two members whose Swift name is \(twice); name one of them in the overlay")
    }
    return ResolvedStructure(
      swiftName: swiftName,
      documentation: documentation ?? overlay.documentation.structures[name] ?? "The structure `\(name)`.",
      members: resolved, isInput: isInput)
  }

  private func memberDocumentation(_ member: String, in structure: String) -> String {
    overlay.documentation.memberOverrides["\(structure)$\(member)"] ?? overlay.documentation.members[member]
      ?? "The member `\(member)`."
  }

  private func enumeration(_ id: ShapeID) throws(Refusal) -> ResolvedEnumeration? {
    guard case .enumeration(let values) = try graph.shape(id).kind else { return nil }
    let cases = values.map { ResolvedEnumeration.Case(swiftName: naming.identifier($0), wireName: $0) }
    if let twice = (cases.map(\.swiftName) + ["unknown"]).firstRepeated {
      throw Refusal(id.description, "has two values whose Swift name is \(twice); name one of them in the overlay")
    }
    return ResolvedEnumeration(
      swiftName: naming.typeName(id.name),
      documentation: overlay.documentation.enums[id.name] ?? "The enum `\(id.name)`.", cases: cases)
  }

  private func error(_ id: ShapeID) throws(Refusal) -> ResolvedError {
    let shape = try graph.shape(id)
    guard case .structure(let members) = shape.kind, let kind = shape.traits.error else {
      throw Refusal(id.description, "is listed as an error but is none")
    }
    if let member = members.first(where: { $0.name.lowercased() != "message" }) {
      throw Refusal("\(id)$\(member.name)", "is data beside an error's message, which is not supported yet")
    }
    return ResolvedError(
      name: id.name, caseName: naming.errorCase(id.name),
      documentation: overlay.documentation.errors[id.name] ?? "The error `\(id.name)`.",
      statusCode: shape.traits.httpError ?? (kind == "server" ? 500 : 400))
  }

  private func choice(for input: ShapeID, members: [ResolvedMember]) throws(Refusal) -> ResolvedChoice? {
    guard let choice = overlay.exactlyOneOf.first(where: { $0.structures.contains(input.name) }) else { return nil }
    var chosen: [ResolvedMember] = []
    for name in choice.members {
      guard let member = members.first(where: { $0.wireName == name }), !member.isRequired else {
        throw Refusal("\(input.name)$\(name)", "is in an exactly-one-of group but is no optional member")
      }
      chosen.append(member)
    }
    return ResolvedChoice(
      swiftName: choice.type, label: choice.label, documentation: choice.documentation, members: chosen)
  }
}

extension Sequence where Element: Hashable {
  /// The first element that was there before, nil when all are distinct.
  fileprivate var firstRepeated: Element? {
    var seen: Set<Element> = []
    return first { !seen.insert($0).inserted }
  }
}
