// A protocol test of what a client makes of an answer.

public import AWSClient
public import AWSJSON

/// An HTTP response that a client must make some output or error of (`smithy.test#httpResponseTests`).
///
/// Specification: <https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html>.
public struct ResponseCase: Sendable {
  private let statusCode: Int
  private let headers: [String: String]
  private let body: String
  private let queryError: ServiceErrorReply.QueryError?

  /// - Parameters:
  ///   - statusCode: the HTTP status.
  ///   - headers: the fields.
  ///   - body: the body, exactly.
  ///   - queryError: the error in the terms of the AWS Query protocol, where the test says so.
  public init(
    statusCode: Int, headers: [String: String] = [:], body: String = "",
    queryError: ServiceErrorReply.QueryError? = nil
  ) {
    self.statusCode = statusCode
    self.headers = headers
    self.body = body
    self.queryError = queryError
  }

  /// How what `client` returns for the response differs from `output`; empty when it does not.
  public func differences<Client: AWSServiceClient, Operation: AWSJSONOperation>(
    from output: Operation.Output, of operation: Operation.Type, answering input: Operation.Input,
    by client: Client.Type
  ) async -> [String] where Operation.Output: Equatable {
    let found: Operation.Output
    do {
      found = try await send(operation, input, by: client, body: body)
    } catch {
      return ["it fails: \(error)"]
    }
    let difference = Self.areSame(found, output) ? [] : ["the output is \(found), not \(output)"]
    return difference + (await requestIDDifferences(operation, input, by: client))
  }

  /// How the error that `client` throws for the response differs from `expected`; empty when it does not.
  ///
  /// - Parameter error: the error of the type in question that is inside the operation's own, if it is that case.
  public func differences<Client: AWSServiceClient, Operation: AWSJSONOperation, Expected: ModeledServiceError>(
    from expected: Expected, of operation: Operation.Type, answering input: Operation.Input, by client: Client.Type,
    as error: (Operation.Failure) -> Expected?
  ) async -> [String] {
    do {
      let output = try await send(operation, input, by: client, body: body)
      return ["it succeeds: \(output)"]
    } catch let failure {
      guard let found = error(failure) else { return ["it fails with \(failure), not with \(expected)"] }
      return (found == expected ? [] : ["the error is \(found), not \(expected)"]) + queryErrorDifferences()
    }
  }

  private func send<Client: AWSServiceClient, Operation: AWSJSONOperation>(
    _ operation: Operation.Type, _ input: Operation.Input, by client: Client.Type, body: String
  ) async throws(Operation.Failure) -> Operation.Output {
    let headers = headers.map { HeaderField(name: $0.key, value: $0.value) }
    let transport = CaseTransport(
      TransportResponse(statusCode: statusCode, headers: headers, body: Array(body.utf8)))
    return try await transport.client(client, host: nil).send(operation, input)
  }

  /// Outputs with a member that is not a number are not equal to themselves, but what is written of them is.
  private static func areSame<Output: AWSJSONStructure & Equatable>(_ found: Output, _ expected: Output) -> Bool {
    let text = expected.encoded()
    let holdsNaN = String(decoding: text, as: UTF8.self).contains("\"NaN\"")
    return found == expected || (holdsNaN && JSONText(found.encoded()) == JSONText(text))
  }

  /// An output has no request id, but what is thrown for an answer that cannot be read has: that is where a client's
  /// user meets the id of a request that succeeded.
  private func requestIDDifferences<Client: AWSServiceClient, Operation: AWSJSONOperation>(
    _ operation: Operation.Type, _ input: Operation.Input, by client: Client.Type
  ) async -> [String] {
    guard let id = headers.first(where: { $0.key.lowercased() == "x-amzn-requestid" })?.value else { return [] }
    do {
      _ = try await send(operation, input, by: client, body: "{")
      return ["half an answer is taken for one"]
    } catch {
      let failure = (error as any Error as? any ServiceOperationError)?.clientFailure
      guard case .decoding(let decoding) = failure, decoding.requestID == id else {
        return ["the request id is not in \(error)"]
      }
      return []
    }
  }

  private func queryErrorDifferences() -> [String] {
    guard let queryError else { return [] }
    let reply = ServiceErrorReply(statusCode: statusCode, body: Array(body.utf8)) { name in
      headers.first { $0.key.lowercased() == name }?.value
    }
    let found = reply.queryError ?? .init(code: reply.code, fault: nil)
    return found == queryError ? [] : ["in the terms of AWS Query it is \(found), not \(queryError)"]
  }
}
