// What a proxy says of the key manager behind it.

/// The part of GetHealthStatus that decides whether a store can be connected.
public struct KeyManagerHealth: Hashable, Sendable {
  /// How one instance of the key manager is, by its name in the XKS proxy API.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    case active = "ACTIVE"
    case degraded = "DEGRADED"
    case unavailable = "UNAVAILABLE"
  }

  /// Each instance of the key manager.
  public let instances: [Status]

  /// Lists the instances.
  public init(instances: [Status]) {
    self.instances = instances
  }

  /// Whether any instance can work.
  var isAvailable: Bool { instances.contains { $0 != .unavailable } }
}
