// From a model and its overlay to a service whose every name and type is decided.

/// Resolves one service of a model.
public struct Resolver {
  let overlay: Overlay
  let graph: ShapeGraph
  let naming: SwiftNaming
  var values: ValueResolver
  /// The shapes that requests can hold.
  private(set) var inputClosure: Set<ShapeID> = []

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
    try refuseSharedTypeNames(resolved)
    return resolved
  }

  private func refuseSharedTypeNames(_ service: ResolvedService) throws(Refusal) {
    let names =
      service.operations.flatMap { [$0.name, $0.input.swiftName, $0.output.swiftName, "\($0.name)Error"] }
      + service.structures.map(\.swiftName) + service.enumerations.map(\.swiftName) + service.errors.map(\.name)
      + service.choices.map(\.swiftName)
    if let twice = names.firstRepeated {
      throw Refusal(twice, "would be the Swift name of two types; name one of their shapes in the overlay")
    }
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
}

extension Sequence where Element: Hashable {
  /// The first element that was there before, nil when all are distinct.
  var firstRepeated: Element? {
    var seen: Set<Element> = []
    return first { !seen.insert($0).inserted }
  }
}
