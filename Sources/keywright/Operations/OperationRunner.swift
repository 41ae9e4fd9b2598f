// Runs one operation for its command: calls the service, prints the answer.

import AWSJSON
import ArgumentParser
import KMSClient
import KMSModel
import SecureMemory

/// Calls an operation through the client.
struct OperationRunner {
  private let options: EndpointOptions

  init(_ options: EndpointOptions) {
    self.options = options
  }

  /// Calls `operation` and prints what it answers.
  ///
  /// - Throws: the exit code, after the reason was printed: `Code: message` for an error of the service.
  func run<Operation: AWSJSONOperation>(_ operation: Operation.Type, _ input: Operation.Input) async throws {
    do throws(CommandFailure) {
      let client = KMSClient(configuration: try await options.configuration())
      let result = await Self.call(client, operation, input)
      try? await client.shutdown()
      try OperationAnswer.print(try result.get(), as: options.output)
    } catch {
      throw error.exit()
    }
  }

  private static func call<Operation: AWSJSONOperation>(
    _ client: KMSClient, _ operation: Operation.Type, _ input: Operation.Input
  ) async -> Result<Operation.Output, CommandFailure> {
    do {
      return .success(try await client.send(operation, input))
    } catch {
      return .failure(CommandFailure(error))
    }
  }
}

extension CommandFailure {
  /// What went wrong with a call.
  fileprivate init(_ error: some AWSOperationError) {
    guard let error = error as? any ServiceOperationError else {
      self.init(.unavailable, "\(error)")
      return
    }
    guard let failure = error.clientFailure else {
      self.init(.serviceError, error.description)
      return
    }
    switch failure {
    case .credentials: self.init(.configuration, error.description)
    case .transport, .timeout, .decoding, .cancelled: self.init(.unavailable, error.description)
    }
  }
}
