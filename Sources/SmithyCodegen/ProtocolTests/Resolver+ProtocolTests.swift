// The protocol tests of the service that a resolver is for.

extension Resolver {
  /// The tests on the service's operations, and on their errors, of the protocol that its clients speak. An error's tests
  /// are with the first operation that can fail with it.
  ///
  /// - Throws: ``Refusal`` when a test asks for something that would not be checked.
  static func protocolTests(
    in model: SmithyModel, overlay: Overlay, service: ShapeID?
  ) throws(Refusal) -> [ProtocolTestGroup] {
    let resolver = Resolver(model: model, overlay: overlay, service: service)
    let (shape, service) = try resolver.chosenService()
    let protocolID = try supportedProtocol(of: shape).trait
    var groups: [ProtocolTestGroup] = []
    var errors: Set<ShapeID> = []
    for id in try resolver.graph.operations(of: service) {
      let operation = try resolver.graph.shape(id)
      groups.append(try group(operation, operation: id.name, protocolID))
      guard case .operation(let content) = operation.kind else { continue }
      for error in (content.errors + service.errors).sorted() where errors.insert(error).inserted {
        groups.append(try group(try resolver.graph.shape(error), operation: id.name, error: error.name, protocolID))
      }
    }
    return groups
  }

  private static func group(
    _ shape: Shape, operation: String, error: String? = nil, _ protocolID: String
  ) throws(Refusal) -> ProtocolTestGroup {
    var group = ProtocolTestGroup(operation: operation, error: error, requests: [], responses: [])
    try ProtocolTestParser(protocolID: protocolID, shape: shape).add(to: &group)
    return group
  }
}
