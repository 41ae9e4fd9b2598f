// Which modules the generated files belong to, and what they import of each other.

/// How the generated types and the generated client are divided into modules.
public enum ModuleLayout: Equatable, Sendable {
  /// The types have a module of their own, which the client imports; without a name it is `<Service>Model`.
  case separate(types: String? = nil)
  /// Types and client are in one module.
  case single

  /// The module that has the types, as other modules import it; nil when there is no other.
  func typesModule(of service: ResolvedService) -> String? {
    switch self {
    case .separate(let name): name ?? "\(service.swiftName)Model"
    case .single: nil
    }
  }
}
