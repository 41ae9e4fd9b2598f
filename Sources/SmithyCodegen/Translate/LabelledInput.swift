// An operation's input as the labelled parameters of a method.

/// The parameters that an input's members become, and how the input is made of them again.
struct LabelledInput {
  private let operation: ResolvedOperation
  private let members: [ResolvedMember]

  /// The input of `operation`, without the member whose Swift name is `leftOut`.
  init(of operation: ResolvedOperation, without leftOut: String? = nil) {
    self.operation = operation
    let chosen = Set(operation.choice?.members.map(\.swiftName) ?? [])
    members = operation.input.initializerMembers.filter {
      !chosen.contains($0.swiftName) && $0.swiftName != leftOut
    }
  }

  /// Where the parameter of the exactly-one-of group stands: behind those without a default.
  private var choicePosition: Int { members.count { $0.initializerDefault == nil } }

  var parameters: [FunctionDeclaration.Parameter] {
    var parameters = members.map { member in
      FunctionDeclaration.Parameter(
        name: SwiftIdentifier.escaped(member.swiftName), type: member.propertyType,
        defaultValue: member.initializerDefault)
    }
    if let choice = operation.choice {
      parameters.insert(.init(name: choice.label, type: choice.swiftName), at: choicePosition)
    }
    return parameters
  }

  /// The lines of documentation that describe the parameters; none when there are none.
  var documentation: [String] {
    var described = members.map { (name: $0.swiftName, text: $0.documentation) }
    if let choice = operation.choice { described.insert((choice.label, choice.documentation), at: choicePosition) }
    return described.isEmpty ? [] : ["- Parameters:"] + described.map { "  - \($0.name): \($0.text)" }
  }

  /// The body of a method that passes the input on to `method`.
  ///
  /// - Parameter effects: what stands before the call: `try await ` or nothing.
  func body(calling method: String, effects: String = "") -> [Statement] {
    let input = Call(
      operation.input.swiftName, members.map { .init($0.swiftName, SwiftIdentifier.escaped($0.swiftName)) })
    let method = SwiftIdentifier.escaped(method)
    guard let choice = operation.choice else {
      return [.call(prefix: effects, Call(method, [.init(nil, .call(input))]))]
    }
    let cases = choice.members.map {
      SwitchCase(".\($0.swiftName)(let value)", .line("input.\($0.swiftName) = value"))
    }
    return [
      .call(prefix: "var input = ", input),
      .switch(subject: choice.label, cases: cases),
      .line("return \(effects)\(method)(input)"),
    ]
  }
}
