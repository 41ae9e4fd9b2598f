// Modelled errors, with what is in them beside their message.

extension Resolver {
  /// The errors of an operation, in the order of the model, each with another case in the operation's error enum.
  mutating func errors(_ ids: [ShapeID], of operation: String) throws(Refusal) -> [ResolvedError] {
    var errors: [ResolvedError] = []
    for id in ids {
      let error = try error(id)
      if !errors.contains(error) { errors.append(error) }
    }
    let taken = Set(OperationErrorTranslator.clientCases.map(\.name) + ["unmodeled"])
    let names = errors.map(\.caseName)
    for (index, name) in names.enumerated() where taken.contains(name) || names.count(where: { $0 == name }) > 1 {
      errors[index].caseName = naming.identifier(errors[index].name)
    }
    if let twice = (errors.map(\.caseName) + taken).firstRepeated {
      throw Refusal(operation, "has two errors whose Swift name is \(twice); name one of them in the overlay")
    }
    return errors
  }

  mutating func error(_ id: ShapeID) throws(Refusal) -> ResolvedError {
    let shape = try graph.shape(id)
    guard case .structure(let members) = shape.kind, let kind = shape.traits.error else {
      throw Refusal(id.description, "is listed as an error but is none")
    }
    var resolved = ResolvedError(
      name: id.name, queryCode: shape.traits["aws.protocols#awsQueryError"]?["code"]?.text,
      caseName: naming.errorCase(id.name),
      documentation: overlay.documentation.errors[id.name] ?? "The error `\(id.name)`.",
      statusCode: shape.traits.httpError ?? (kind == "server" ? 500 : 400))
    if let retryable = shape.traits["smithy.api#retryable"] {
      resolved.retryability = retryable["throttling"] == .bool(true) ? .throttling : .transient
    }
    // Errors are made of what the service sent, however little: that something is missing must not hide the error.
    let kept = members.filter { $0.name.lowercased() != "message" }
    resolved.members = try structure(id, named: id.name, as: .output).members.filter { member in
      kept.contains { $0.name == member.wireName }
    }.map { member in
      var member = member
      member.isRequired = false
      (member.defaultValue, member.correction) = (nil, nil)
      if Self.errorProperties.contains(member.swiftName) { member.swiftName += "Value" }
      return member
    }
    if let twice = resolved.members.map(\.swiftName).firstRepeated {
      throw Refusal(id.name, "has two members whose Swift name is \(twice); name one of them in the overlay")
    }
    return resolved
  }

  /// The properties that every error has.
  private static let errorProperties: Set<String> = [
    "code", "message", "requestID", "statusCode", "localizedDescription",
  ]
}
