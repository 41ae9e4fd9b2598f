// A protocol test of what a client sends.

public import AWSClient
public import AWSJSON

/// An HTTP request that a client must make of some input (`smithy.test#httpRequestTests`).
///
/// Specification: <https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html>.
public struct RequestCase: Sendable {
  /// A body, and how one is compared with it.
  public enum Body: Sendable {
    /// Byte for byte.
    case text(String)
    /// As a JSON value: the order of members, space and the way numbers are written do not matter.
    case json(String)
  }

  private let method: String
  private let uri: String
  private let host: String?
  private let resolvedHost: String?
  private let headers: [String: String]
  private let forbiddenHeaders: [String]
  private let requiredHeaders: [String]
  private let body: Body?

  /// - Parameters:
  ///   - method: the HTTP method.
  ///   - uri: the path.
  ///   - host: the host of the endpoint that the client is configured with, perhaps with a path.
  ///   - resolvedHost: the host that the request must be for; `host` by default.
  ///   - headers: fields that must be there, and their values.
  ///   - forbiddenHeaders: fields that must not be there.
  ///   - requiredHeaders: fields that must be there, whatever their values.
  ///   - body: nil when it does not matter.
  public init(
    method: String = "POST", uri: String = "/", host: String? = nil, resolvedHost: String? = nil,
    headers: [String: String] = [:], forbiddenHeaders: [String] = [], requiredHeaders: [String] = [],
    body: Body? = nil
  ) {
    self.method = method
    self.uri = uri
    self.host = host
    self.resolvedHost = resolvedHost
    self.headers = headers
    self.forbiddenHeaders = forbiddenHeaders
    self.requiredHeaders = requiredHeaders
    self.body = body
  }

  /// How the request that `client` makes of `input` differs from the one it must make; empty when it does not.
  public func differences<Client: AWSServiceClient, Operation: AWSJSONOperation>(
    of input: Operation.Input, to operation: Operation.Type, by client: Client.Type
  ) async -> [String] {
    let transport = CaseTransport(TransportResponse(statusCode: 200, headers: [], body: Array("{}".utf8)))
    // Whether this answer is one the operation can have is not the question here.
    _ = try? await transport.client(client, host: host).send(operation, input)
    guard let sent = transport.requests.first, transport.requests.count == 1 else {
      return ["there are \(transport.requests.count) requests"]
    }
    return differences(sent) + encodingDifferences(sent, of: input)
  }

  private func differences(_ sent: SentRequest) -> [String] {
    var differences = [
      Self.difference("the method", sent.method, method), Self.difference("the path", sent.path, uri),
      Self.difference("the Host field", sent.header("Host"), sent.host),
    ]
    if let host = resolvedHost ?? host.map({ String($0.prefix { $0 != "/" }) }) {
      differences.append(Self.difference("the host", sent.host, host))
    }
    for (name, value) in headers { differences.append(Self.difference(name, sent.header(name), value)) }
    for name in forbiddenHeaders where sent.header(name) != nil { differences.append("\(name) is there") }
    for name in requiredHeaders where sent.header(name) == nil { differences.append("\(name) is missing") }
    switch body {
    case nil: break
    case .text(let text): differences.append(Self.difference("the body", sent.text, text))
    case .json(let text) where JSONText(sent.body) != JSONText(Array(text.utf8)):
      differences.append("the body is \(sent.text), not \(text)")
    case .json: break
    }
    return differences.compactMap(\.self)
  }

  /// Checks a compressed body, of which the tests say only how the header field calls it.
  private func encodingDifferences(_ sent: SentRequest, of input: some AWSJSONStructure) -> [String] {
    guard let encoding = sent.header("Content-Encoding") else { return [] }
    guard encoding == "gzip", let body = GZip.decompress(sent.body) else { return ["the body is not in \(encoding)"] }
    return body == input.encoded() ? [] : ["the body is not the input, compressed"]
  }

  private static func difference(_ name: String, _ found: String?, _ expected: String) -> String? {
    found == expected ? nil : "\(name) is \(found ?? "missing"), not \(expected)"
  }
}
