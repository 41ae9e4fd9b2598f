// The client: one generic call that every generated method goes through.

public import AWSJSON
internal import AWSSigV4
internal import SecureMemory

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A client of the AWS KMS API, for Keywright and for AWS itself.
///
/// Every operation is a method with an error type of its own; see the generated ones, for example
/// `generateDataKeyPair`. One client serves any number of tasks at a time. A call is sent once: nothing is retried,
/// and an error that tells `mayHaveReachedServer` leaves open whether the service acted on it.
public final class KMSClient: Sendable {
  private let requests: Result<RequestFactory, ConfigurationError>
  private let credentials: any CredentialsProvider
  private let transport: any Transport
  private let ownTransport: AsyncHTTPClientTransport?
  private let clock: @Sendable () -> SigningTime

  /// Makes a client with a connection pool of its own, which ``shutdown()`` closes.
  public convenience init(configuration: Configuration) {
    let transport = AsyncHTTPClientTransport()
    self.init(configuration: configuration, transport: transport, ownTransport: transport)
  }

  /// Makes a client that sends its requests through `transport`, which stays the caller's.
  public convenience init(configuration: Configuration, transport: some Transport) {
    self.init(configuration: configuration, transport: transport, ownTransport: nil)
  }

  init(
    configuration: Configuration, transport: any Transport, ownTransport: AsyncHTTPClientTransport?,
    clock: @escaping @Sendable () -> SigningTime = KMSClient.systemTime
  ) {
    requests = Result { () throws(ConfigurationError) in
      RequestFactory(
        endpoint: try configuration.endpoint(), region: configuration.region, timeout: configuration.requestTimeout)
    }
    credentials = configuration.credentials
    self.transport = transport
    self.ownTransport = ownTransport
    self.clock = clock
  }

  /// Closes the client's connections. Calls under way and later ones fail with their `.transport` case.
  ///
  /// Calling it again does nothing, and a client that was forgotten closes its connections when it is freed.
  public func shutdown() async throws {
    try await ownTransport?.shutdown()
  }

  /// Calls any operation of the model; the generated methods are this call with names.
  ///
  /// - Throws: the operation's error, whatever the reply was: an error reply as the case of its code, any other failure
  ///   as `.transport`, `.timeout`, `.decoding`, `.credentials` or `.cancelled`.
  public func send<Operation: AWSJSONOperation>(
    _ operation: Operation.Type, _ input: Operation.Input
  ) async throws(Operation.Failure) -> Operation.Output {
    var response: TransportResponse
    do {
      response = try await exchange(target: Operation.target, input)
    } catch {
      throw Operation.Failure(error)
    }
    defer { SecretBytes.wipe(&response.body) }
    return try Reply(response).output(of: operation)
  }

  /// Signs and sends one request. Its body is wiped afterwards, for it may hold plaintext.
  private func exchange(
    target: String, _ input: some AWSJSONStructure
  ) async throws(ClientFailure) -> TransportResponse {
    let factory: RequestFactory
    do {
      factory = try requests.get()
    } catch {
      throw .transport(TransportError(error.description, mayHaveReachedServer: false))
    }
    let signedWith: Credentials
    do {
      signedWith = try await credentials.credentials()
    } catch {
      throw Task.isCancelled ? .cancelled : .credentials(error)
    }
    var request = try factory.request(target: target, body: input.encoded(), credentials: signedWith, at: clock())
    defer { SecretBytes.wipe(&request.body) }
    do {
      return try await transport.send(request)
    } catch {
      throw ClientFailure(error)
    }
  }

  @Sendable
  private static func systemTime() -> SigningTime {
    SigningTime(secondsSinceEpoch: Int64(Date().timeIntervalSince1970))
  }
}
