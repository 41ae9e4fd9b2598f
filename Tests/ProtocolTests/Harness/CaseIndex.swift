// Which protocol tests a service has: generated ones, and published ones.

/// The ids of a service's protocol tests.
public struct CaseIndex: Equatable, Sendable {
  /// What clients send.
  public var requests: Set<String> = []
  /// What clients make of answers.
  public var responses: Set<String> = []
  /// For servers: what they make of requests that no client sends, so that there is nothing for a client to do.
  public var serverRequests: Set<String> = []
  /// For servers: what they answer, which is more than clients rely on.
  public var serverResponses: Set<String> = []

  public init(requests: [String], responses: [String], serverRequests: [String], serverResponses: [String]) {
    self.requests = Set(requests)
    self.responses = Set(responses)
    self.serverRequests = Set(serverRequests)
    self.serverResponses = Set(serverResponses)
  }

  /// The tests of the service in the published model.
  ///
  /// This looks for them in another way than the generator does, with another reader of JSON.
  public init(publishedFor service: String, protocol: String) throws {
    let model = try PublishedModel()
    for shape in model.operationsAndErrors(of: service) {
      for test in model.requestTests(of: shape) where test["protocol"] as? String == `protocol` {
        insert(test, \.requests, \.serverRequests)
      }
      for test in model.responseTests(of: shape) where test["protocol"] as? String == `protocol` {
        insert(test, \.responses, \.serverResponses)
      }
    }
  }

  private mutating func insert(
    _ test: [String: Any], _ clients: WritableKeyPath<CaseIndex, Set<String>>,
    _ servers: WritableKeyPath<CaseIndex, Set<String>>
  ) {
    guard let id = test["id"] as? String else { return }
    self[keyPath: test["appliesTo"] as? String == "server" ? servers : clients].insert(id)
  }

  /// How many tests run.
  public var count: Int { requests.count + responses.count }
}
