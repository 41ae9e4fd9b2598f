// What every generated client is: a name for a service, and a runtime that makes its calls.

public import AWSJSON
public import ServiceLifecycle

/// A client of one awsJson service.
///
/// Generated code has one final class for each service that says which ``ServiceDescription`` it has; the generated
/// methods are ``send(_:_:)`` with names. One client serves any number of tasks at a time: make one and keep it.
public protocol AWSServiceClient: Service {
  /// The settings of this service's clients.
  typealias Configuration = ClientConfiguration<Self>

  /// What the client has to know of its service beside the operations.
  static var service: ServiceDescription { get }

  /// What makes this client's calls.
  var runtime: ClientRuntime { get }

  /// A client that makes its calls through `runtime`.
  init(runtime: ClientRuntime)
}

extension AWSServiceClient {
  /// Makes a client with a connection pool of its own, which ``shutdown()`` closes, or over the configuration's
  /// `httpClient`, which stays the caller's.
  public init(configuration: ClientConfiguration<Self>) {
    self.init(runtime: ClientRuntime(configuration))
  }

  /// Makes a client that sends its requests through `transport`, which stays the caller's.
  public init(configuration: ClientConfiguration<Self>, transport: some Transport) {
    self.init(runtime: ClientRuntime(configuration, transport: transport))
  }

  /// Calls any operation of the model; the generated methods are this call with names.
  ///
  /// - Throws: the operation's error, whatever the reply was: an error reply as the case of its code, any other failure
  ///   as `.transport`, `.timeout`, `.decoding`, `.credentials` or `.cancelled`.
  public func send<Operation: AWSJSONOperation>(
    _ operation: Operation.Type, _ input: Operation.Input
  ) async throws(Operation.Failure) -> Operation.Output {
    try await runtime.send(operation, input)
  }

  /// Closes the client's connections. Calls under way and later ones fail with their `.transport` case.
  ///
  /// Calling it again does nothing, and a client that was forgotten closes its connections when it is freed.
  public func shutdown() async throws {
    try await runtime.shutdown()
  }
}
