// The whole way from a model and its overlay to source text.

/// Generates the Swift code of one service.
public struct CodeGenerator: Sendable {
  private let service: ResolvedService
  private let protocolTestGroups: @Sendable () throws(Refusal) -> [ProtocolTestGroup]
  private let layout: ModuleLayout
  private let renderer: SwiftRenderer

  /// Reads and resolves a model.
  ///
  /// - Parameters:
  ///   - model: the Smithy model.
  ///   - overlay: what to add to it and to correct in it.
  ///   - id: the service, if the model has several.
  ///   - sources: the names of the files both came from, for the comment at the top of each generated file.
  ///   - layout: which modules the types and the client go into.
  /// - Throws: ``Refusal`` when no correct code can be made for the model.
  public init(
    model: SmithyModel, overlay: Overlay = Overlay(), service id: ShapeID? = nil, sources: [String],
    layout: ModuleLayout = .separate()
  ) throws(Refusal) {
    service = try Resolver.resolve(model, overlay: overlay, service: id)
    protocolTestGroups = { () throws(Refusal) in
      try Resolver.protocolTests(in: model, overlay: overlay, service: id)
    }
    self.layout = layout
    renderer = SwiftRenderer(sources: sources)
  }

  /// The types that clients and servers share.
  public func types() -> [GeneratedFile] { ModelTranslator(service).files().map(rendered) }

  /// The client: its class, and its methods for operations and pages.
  ///
  /// - Throws: ``Refusal`` when the model does not say how requests are signed.
  public func client() throws(Refusal) -> [GeneratedFile] {
    try ClientTranslator(service, layout: layout).files().map(rendered)
  }

  /// The command line's commands, one per operation.
  ///
  /// - Throws: ``Refusal`` when an input has a member that no flag can carry.
  public func commands() throws(Refusal) -> [GeneratedFile] {
    try CommandTranslator(service, layout: layout).files().map(rendered)
  }

  /// The protocol tests in the model, as tests of the client on top of the module `ProtocolTestHarness`.
  ///
  /// - Throws: ``Refusal`` when a test asks for something that would not be checked.
  public func protocolTests() throws(Refusal) -> [GeneratedFile] {
    try ProtocolTestTranslator(service, groups: try protocolTestGroups()).files().map(rendered)
  }

  /// AWS's partitions as data, which no service's model has.
  ///
  /// - Throws: ``Refusal`` when `document` is no partitions document.
  public static func partitions(_ document: JSONNode, sources: [String]) throws(Refusal) -> [GeneratedFile] {
    let file = try PartitionsTranslator(document).file()
    return [GeneratedFile(path: file.path, text: SwiftRenderer(sources: sources).render(file))]
  }

  private func rendered(_ file: SourceFile) -> GeneratedFile {
    GeneratedFile(path: file.path, text: renderer.render(file))
  }
}
