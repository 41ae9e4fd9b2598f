// Reads the traits `smithy.test#httpRequestTests` and `smithy.test#httpResponseTests`.

/// Reads the tests of one protocol from the traits of a shape. Whatever a test asks for that would not be checked is
/// refused, so that no test passes for less than it says.
struct ProtocolTestParser {
  /// The id of the protocol's trait.
  let protocolID: String
  let shape: Shape

  /// Adds the tests of the shape to `group`.
  func add(to group: inout ProtocolTestGroup) throws(Refusal) {
    for node in tests("smithy.test#httpRequestTests") {
      if isForServers(node) {
        group.serverRequests.append(try text("id", of: node))
      } else {
        group.requests.append(try request(node))
      }
    }
    for node in tests("smithy.test#httpResponseTests") {
      if isForServers(node) {
        group.serverResponses.append(try text("id", of: node))
      } else {
        group.responses.append(try response(node))
      }
    }
  }

  private func tests(_ trait: String) -> [JSONNode] {
    guard case .array(let tests) = shape.traits[trait] else { return [] }
    return tests.filter { $0["protocol"]?.text == protocolID }
  }

  private func isForServers(_ node: JSONNode) -> Bool { node["appliesTo"]?.text == "server" }

  private func request(_ node: JSONNode) throws(Refusal) -> RequestTestCase {
    try refuse(
      othersThan: [
        "method", "uri", "host", "resolvedHost", "headers", "forbidHeaders", "requireHeaders", "body", "bodyMediaType",
        "params",
      ], in: node)
    return RequestTestCase(
      id: try text("id", of: node), method: try text("method", of: node), uri: try text("uri", of: node),
      host: node["host"]?.text, resolvedHost: node["resolvedHost"]?.text, headers: try headers(node),
      forbiddenHeaders: try names("forbidHeaders", of: node), requiredHeaders: try names("requireHeaders", of: node),
      body: try body(node), params: node["params"] ?? .object([]))
  }

  private func response(_ node: JSONNode) throws(Refusal) -> ResponseTestCase {
    try refuse(
      othersThan: [
        "code", "headers", "body", "bodyMediaType", "params", "vendorParams", "vendorParamsShape",
      ], in: node)
    guard let code = node["code"]?.integer else { throw refusal(node, "has no status code") }
    return ResponseTestCase(
      id: try text("id", of: node), statusCode: code, headers: try headers(node), body: node["body"]?.text ?? "",
      params: node["params"] ?? .object([]), queryError: try queryError(node))
  }

  private func body(_ node: JSONNode) throws(Refusal) -> TestBody? {
    guard let text = node["body"]?.text else { return nil }
    switch node["bodyMediaType"]?.text {
    case nil: return .text(text)
    case "application/json":
      do {
        return .json(try JSONNode(parsing: Array(text.utf8), named: "the body"))
      } catch {
        throw refusal(node, "\(error)")
      }
    case let other?: throw refusal(node, "has a body of the type \(other)")
    }
  }

  private func queryError(_ node: JSONNode) throws(Refusal) -> ResponseTestCase.QueryError? {
    guard let vendorParams = node["vendorParams"] else { return nil }
    guard case .object(let members) = vendorParams, members.allSatisfy({ ["code", "type"].contains($0.name) }),
      shape.traits.error != nil, let code = vendorParams["code"]?.text
    else { throw refusal(node, "has vendor parameters that are no error of the AWS Query protocol") }
    return ResponseTestCase.QueryError(code: code, fault: vendorParams["type"]?.text)
  }

  private func headers(_ node: JSONNode) throws(Refusal) -> [TestHeader] {
    guard let headers = node["headers"] else { return [] }
    guard case .object(let members) = headers else { throw refusal(node, "has headers that are no object") }
    var result: [TestHeader] = []
    for member in members {
      guard let value = member.value.text else { throw refusal(node, "has a header \(member.name) that is no text") }
      result.append(TestHeader(name: member.name, value: value))
    }
    return result
  }

  private func names(_ name: String, of node: JSONNode) throws(Refusal) -> [String] {
    guard let list = node[name] else { return [] }
    guard case .array(let elements) = list else { throw refusal(node, "has \(name) that are no list") }
    return elements.compactMap(\.text)
  }

  private func text(_ name: String, of node: JSONNode) throws(Refusal) -> String {
    guard let text = node[name]?.text else { throw refusal(node, "has no text called \(name)") }
    return text
  }

  /// What says nothing about the messages.
  private static let remarks: Set<String> = ["id", "protocol", "documentation", "appliesTo", "tags"]

  private func refuse(othersThan known: [String], in node: JSONNode) throws(Refusal) {
    guard case .object(let members) = node else { throw refusal(node, "is no object") }
    for member in members where !Self.remarks.contains(member.name) && !known.contains(member.name) {
      throw refusal(node, "says something about \(member.name), which is not checked")
    }
  }

  private func refusal(_ node: JSONNode, _ reason: String) -> Refusal {
    Refusal("\(shape.id), the test \(node["id"]?.text ?? "without an id")", reason)
  }
}
