// From a model and its overlay to a service whose every name and type is decided.

/// Resolves one service of a model.
public struct Resolver {
  /// The service to resolve; nil for the only one of the model.
  private let serviceID: ShapeID?
  let overlay: Overlay
  let graph: ShapeGraph
  let naming: SwiftNaming
  var values: ValueResolver
  /// The shapes that requests can hold.
  private(set) var inputClosure: Set<ShapeID> = []
  /// The shapes that answers can hold.
  private(set) var outputClosure: Set<ShapeID> = []

  /// Resolves the service called `service`, or else the only one of `model`.
  ///
  /// - Throws: ``Refusal`` when there is no such service, when it uses something that is not supported, or when the
  ///   overlay speaks of something that the model does not have.
  public static func resolve(
    _ model: SmithyModel, overlay: Overlay, service: ShapeID? = nil
  ) throws(Refusal) -> ResolvedService {
    try OverlayCheck(model: model, overlay: overlay).refuseStaleEntries()
    var resolver = Resolver(model: model, overlay: overlay, service: service)
    return try resolver.service()
  }

  init(model: SmithyModel, overlay: Overlay, service: ShapeID?) {
    serviceID = service
    self.overlay = overlay
    graph = ShapeGraph(model: model)
    naming = SwiftNaming(overlay)
    values = ValueResolver(graph: graph, naming: naming, overlay: overlay)
  }

  private mutating func service() throws(Refusal) -> ResolvedService {
    let (shape, service) = try chosenService()
    let protocolVersion = try Self.supportedProtocol(of: shape).version
    var operations: [(id: ShapeID, shape: Shape.Operation)] = []
    for id in try graph.operations(of: service) {
      guard case .operation(let operation) = try graph.shape(id).kind else {
        throw Refusal(id.description, "is listed as an operation but is none")
      }
      operations.append((id, operation))
    }

    let inputs = operations.map(\.shape.input)
    let outputs = operations.map(\.shape.output)
    let errors = Set(operations.flatMap(\.shape.errors) + service.errors).sorted()
    inputClosure = try graph.closure(of: inputs)
    outputClosure = try graph.closure(of: outputs)
    let closure = try graph.closure(of: inputs + outputs + errors)
    let inner = try innerStructures(closure)

    var resolved = ResolvedService(
      name: shape.id.name, swiftName: try swiftName(of: shape), documentation: overlay.documentation.service,
      description: description(of: shape, protocolVersion: protocolVersion), operations: [], structures: [],
      enumerations: [], errors: [], patterns: [], choices: [])
    for (id, operation) in operations {
      resolved.operations.append(try self.operation(id, operation, serviceErrors: service.errors))
    }
    for id in inner.sorted() {
      resolved.structures.append(try structure(id, named: naming.typeName(id.name), as: .nested))
    }
    for id in closure.sorted() {
      if let enumeration = try enumeration(id) { resolved.enumerations.append(enumeration) }
      if let enumeration = try intEnumeration(id) { resolved.intEnumerations.append(enumeration) }
      if let union = try union(id) { resolved.unions.append(union) }
    }
    for id in errors { resolved.errors.append(try error(id)) }
    for choice in overlay.exactlyOneOf {
      let owners = resolved.operations.filter { $0.choice?.swiftName == choice.type }
      if let resolvedChoice = owners.first?.choice { resolved.choices.append(resolvedChoice) }
    }
    resolved.patterns = values.patterns.sorted { $0.key < $1.key }.map {
      ResolvedPattern(swiftName: $0.key, pattern: $0.value)
    }
    for (index, (id, _)) in operations.enumerated() {
      resolved.operations[index].pagination = try pagination(
        of: resolved.operations[index], traits: try graph.shape(id).traits, defaults: shape.traits,
        structures: resolved.structures)
    }
    try refuseSharedNames(resolved)
    return resolved
  }

  private func refuseSharedNames(_ service: ResolvedService) throws(Refusal) {
    let names =
      service.operations.flatMap { [$0.name, $0.input.swiftName, $0.output.swiftName, "\($0.name)Error"] }
      + service.structures.map(\.swiftName) + service.enumerations.map(\.swiftName) + service.errors.map(\.name)
      + service.intEnumerations.map(\.swiftName) + service.unions.map(\.swiftName)
      + service.choices.map(\.swiftName)
      + [service.clientName, service.operationsName, ResolvedService.patternsName]
    if let twice = names.firstRepeated {
      throw Refusal(twice, "would be the Swift name of two types; name one of their shapes in the overlay")
    }
    if let twice = service.operations.flatMap(\.methodNames).firstRepeated {
      throw Refusal(twice, "would be the name of two methods; name one of their operations in the overlay")
    }
  }

  /// The service that was asked for.
  func chosenService() throws(Refusal) -> (Shape, Shape.Service) {
    if let serviceID {
      let shape = try graph.shape(serviceID)
      guard case .service(let service) = shape.kind else { throw Refusal(serviceID.description, "is no service") }
      return (shape, service)
    }
    var found: [(Shape, Shape.Service)] = []
    for id in graph.model.order {
      guard let shape = graph.model.shapes[id], case .service(let service) = shape.kind else { continue }
      found.append((shape, service))
    }
    guard let only = found.first, found.count == 1 else {
      throw Refusal("the model", "has \(found.count) services; exactly one is needed")
    }
    return only
  }

  /// The protocol that clients of `service` speak.
  static func supportedProtocol(of service: Shape) throws(Refusal) -> (trait: String, version: String) {
    guard let (trait, version) = protocolVersions.first(where: { service.traits.has($0.0) }) else {
      throw Refusal(service.id.description, "speaks neither awsJson1_0 nor awsJson1_1, the protocols supported")
    }
    return (trait, version)
  }

  /// The structures that need a type of their own: all but those that are only ever a whole input or output.
  private func innerStructures(_ closure: Set<ShapeID>) throws(Refusal) -> Set<ShapeID> {
    var inner: Set<ShapeID> = []
    for id in closure {
      for part in graph.parts(try graph.shape(id)) {
        if part != .unit, case .structure = try graph.shape(part).kind { inner.insert(part) }
      }
    }
    return inner
  }

  private mutating func operation(
    _ id: ShapeID, _ operation: Shape.Operation, serviceErrors: [ShapeID]
  ) throws(Refusal) -> ResolvedOperation {
    let name = id.name
    let input = try structure(
      operation.input, named: "\(name)Input", as: .input, documentation: "What ``\(name)`` takes.")
    let output = try structure(
      operation.output, named: "\(name)Output", as: .output, documentation: "What ``\(name)`` answers.")
    let traits = try graph.shape(id).traits
    return ResolvedOperation(
      name: name, methodName: naming.identifier(name),
      documentation: overlay.documentation.operations[name] ?? "The operation `\(name)`.",
      input: input, output: output, hasOutputShape: operation.output != .unit,
      errors: try errors(operation.errors + serviceErrors, of: name),
      choice: try choice(for: operation.input, members: input.members),
      hostPrefix: try hostPrefix(traits, input: input, shape: operation.input),
      compressesRequest: traits.isRequestCompression)
  }
}

extension Sequence where Element: Hashable {
  /// The first element that was there before, nil when all are distinct.
  var firstRepeated: Element? {
    var seen: Set<Element> = []
    return first { !seen.insert($0).inserted }
  }
}
