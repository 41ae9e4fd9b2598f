// How long a client waits.

/// The deadlines of a client's calls.
public struct Timeouts: Sendable, Equatable {
  /// How long connecting may take, TLS included.
  public var connect: Duration
  /// How long one attempt may take, from the start of connecting to the last byte of the reply. Making an RSA key pair
  /// alone can take some seconds of it.
  public var attempt: Duration
  /// How long a call may take with all its attempts and the waits between them.
  public var call: Duration

  /// What counts for more: clocks trap shortly before `.seconds(.max)`, which stands for no limit.
  static let longest = Duration.seconds(1 << 40)

  public init(connect: Duration = .seconds(10), attempt: Duration = .seconds(60), call: Duration = .seconds(180)) {
    self.connect = connect
    self.attempt = attempt
    self.call = call
  }
}
