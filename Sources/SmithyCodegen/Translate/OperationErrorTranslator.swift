// Everything that can go wrong with one operation becomes one Swift enum.

/// Translates an operation's error enum: modelled errors, then those every AWS operation shares, then the client's own.
struct OperationErrorTranslator {
  let operation: ResolvedOperation

  /// The errors that every AWS operation can fail with, as the runtime's `CommonServiceError.Kind` names them.
  static let commonCases: [(name: String, documentation: String)] = [
    ("accessDenied", "The caller may not do this."),
    ("throttling", "Too many requests; the request may be repeated later."),
    ("validation", "The request breaks a constraint of the model or a rule of the service."),
    ("unrecognizedClient", "The access key or session token is not known."),
    ("invalidSignature", "The request's signature is wrong, or its clock is."),
    ("incompleteSignature", "The request's signature is not well-formed."),
    ("missingAuthenticationToken", "The request was not signed."),
    ("expiredToken", "The session token has expired."),
    ("serialization", "The service could not read the request."),
    ("unknownOperation", "The service does not have the operation."),
    ("internalFailure", "The service failed; the request may be repeated."),
    ("serviceUnavailable", "The service cannot answer now; the request may be repeated."),
  ]

  /// The failures on the client's side, as the runtime's `ClientFailure` names them.
  static let clientCases: [(name: String, type: String?, documentation: String)] = [
    ("transport", "TransportError", "The request or its answer did not get through."),
    ("timeout", "TimeoutError", "No answer came in time."),
    ("decoding", "DecodingFailure", "The answer could not be read."),
    ("credentials", "CredentialsError", "There were no credentials to sign with."),
    ("cancelled", nil, "The task was cancelled."),
  ]

  /// The shared cases whose names no modelled error has taken.
  private var commonCases: [(name: String, documentation: String)] {
    let modeled = Set(operation.errors.map(\.caseName))
    return Self.commonCases.filter { !modeled.contains($0.name) }
  }

  func declaration() -> TypeDeclaration {
    TypeDeclaration(
      documentation: "Everything ``\(operation.name)`` can fail with.", kind: .enum, name: "\(operation.name)Error",
      conformances: ["ServiceOperationError"], members: cases + [fromReply, fromFailure, summary, clientFailure])
  }

  private var cases: [Declaration] {
    let modeled = operation.errors.map {
      EnumCase(documentation: $0.documentation, name: $0.caseName, associated: [$0.name])
    }
    let common = commonCases.map {
      EnumCase(documentation: $0.documentation, name: $0.name, associated: ["CommonServiceError"])
    }
    let client = Self.clientCases.map {
      EnumCase(documentation: $0.documentation, name: $0.name, associated: $0.type.map { [$0] } ?? [])
    }
    let unmodeled = EnumCase(
      documentation: "An error that was not in the model when this code was generated.", name: "unmodeled",
      associated: ["code: String", "message: String?", "requestID: String?"])
    return (modeled + common + client + [unmodeled]).map(Declaration.enumCase)
  }

  private var fromReply: Declaration {
    let modeled = operation.errors.map {
      SwitchCase(
        $0.codePattern,
        .call(prefix: "self = ", Call(".\($0.caseName)", [.init(nil, .call(Call($0.name, [.init(nil, "reply")])))])))
    }
    let common = commonCases.map { SwitchCase(".\($0.name)", .line("self = .\($0.name)(error)")) }
    let unmodeled = Statement.call(
      prefix: "self = ",
      Call(
        ".unmodeled",
        [.init("code", "reply.code"), .init("message", "reply.message"), .init("requestID", "reply.requestID")]))
    let otherwise = SwitchCase(
      nil, .line("let error = CommonServiceError(reply)"),
      .switch(subject: "error.kind", cases: common + [SwitchCase(nil, unmodeled)]))
    return .function(
      FunctionDeclaration(
        documentation: ["The case for an error the service answered with."], name: "init",
        parameters: [.init(label: "_", name: "reply", type: "ServiceErrorReply")],
        body: [.switch(subject: "reply.code", cases: modeled + [otherwise])]))
  }

  private var fromFailure: Declaration {
    let cases = Self.clientCases.map { name, type, _ in
      SwitchCase(
        type == nil ? ".\(name)" : ".\(name)(let error)", .line("self = .\(name)\(type == nil ? "" : "(error)")"))
    }
    return .function(
      FunctionDeclaration(
        documentation: ["The case for a failure on the client's side."], name: "init",
        parameters: [.init(label: "_", name: "failure", type: "ClientFailure")],
        body: [.switch(subject: "failure", cases: cases)]))
  }

  private var summary: Declaration {
    let service = (operation.errors.map(\.caseName) + commonCases.map(\.name)).map {
      SwitchCase(".\($0)(let error)", .line("ServiceErrorSummary(error)"))
    }
    let unmodeled = SwitchCase(
      ".unmodeled(let code, let message, let requestID)",
      .line("ServiceErrorSummary(code: code, message: message, requestID: requestID)"))
    let client = SwitchCase(
      Self.clientCases.map { ".\($0.name)" }.joined(separator: ", "), .line("nil"))
    return .property(
      PropertyDeclaration(
        documentation: "What the service said, whichever error it was; nil when the failure is on the client's side.",
        name: "serviceError", type: "ServiceErrorSummary?",
        getter: [.switch(subject: "self", cases: service + [unmodeled, client])]))
  }

  private var clientFailure: Declaration {
    let cases = Self.clientCases.map { name, type, _ in
      SwitchCase(
        type == nil ? ".\(name)" : ".\(name)(let error)", .line(".\(name)\(type == nil ? "" : "(error)")"))
    }
    return .property(
      PropertyDeclaration(
        documentation: "What failed on the client's side; nil when the service answered with an error.",
        name: "clientFailure", type: "ClientFailure?",
        getter: [.switch(subject: "self", cases: cases + [SwitchCase(nil, .line("nil"))])]))
  }
}

extension ResolvedError {
  /// The codes by which a service may name the error, as the pattern of a switch.
  var codePattern: String {
    (["\(name).code"] + (queryCode.map { [SwiftIdentifier.literal($0)] } ?? [])).joined(separator: ", ")
  }
}
