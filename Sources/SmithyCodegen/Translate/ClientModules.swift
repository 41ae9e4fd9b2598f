// The modules that the files of a client import.

/// What generated client files import beside the modules of their parameters' types.
struct ClientModules {
  /// The module of the operations' types; empty when the client is in that module itself.
  let types: Set<Import>
  private let isSingle: Bool

  init(layout: ModuleLayout, service: ResolvedService) {
    types = layout.typesModule(of: service).map { [Import($0)] } ?? []
    isSingle = layout == .single
  }

  /// The module that generated clients are on top of.
  ///
  /// - Parameter isPublic: whether the file's public declarations speak of it.
  func runtime(isPublic: Bool) -> Import { Import("AWSClient", isPublic: isPublic) }

  /// The file that passes the runtime's types on to who imports a module with both types and client. A client with a
  /// module of its own has hand-written files, too, which decide what that module passes on.
  var exports: [SourceFile] {
    guard isSingle else { return [] }
    return [
      SourceFile(
        path: "Exports.swift", purpose: "What the import of this module brings along.",
        imports: [Import("AWSClient", isExported: true)], declarations: [])
    ]
  }
}
