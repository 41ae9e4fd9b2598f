// The protocol tests of a service, as its model has them.

/// The tests of one operation, or of one error of the service.
struct ProtocolTestGroup: Equatable {
  /// The operation that the tests call.
  var operation: String
  /// The error that all replies are about; nil when they are about the operation's output.
  var error: String?
  var requests: [RequestTestCase]
  var responses: [ResponseTestCase]
  /// The ids of the tests that are for servers only.
  var serverRequests: [String] = []
  var serverResponses: [String] = []
}

/// An input, and the HTTP request that a client makes of it.
///
/// Specification: <https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html>.
struct RequestTestCase: Equatable {
  var id: String
  var method: String
  var uri: String
  /// The endpoint's host, perhaps with a path; nil when any will do.
  var host: String?
  /// The host that the request goes to, when it is another one.
  var resolvedHost: String?
  /// In the order of the model.
  var headers: [TestHeader]
  var forbiddenHeaders: [String]
  var requiredHeaders: [String]
  /// Nil when the body does not matter.
  var body: TestBody?
  var params: JSONNode
}

/// An HTTP response, and what a client makes of it.
struct ResponseTestCase: Equatable {
  var id: String
  var statusCode: Int
  /// In the order of the model.
  var headers: [TestHeader]
  /// Exactly what is sent.
  var body: String
  var params: JSONNode
  /// The error in the terms of the AWS Query protocol, of services that have such.
  var queryError: QueryError?

  struct QueryError: Equatable {
    var code: String
    var fault: String?
  }
}

struct TestHeader: Equatable {
  var name: String
  var value: String
}

/// How the body of a request is compared.
enum TestBody: Equatable {
  case text(String)
  case json(JSONNode)
}
