// An operation becomes a marker type, its input, its output and its error enum, in one file.

struct OperationTranslator {
  let operation: ResolvedOperation
  let service: ResolvedService

  func file() -> SourceFile {
    let types = [
      marker,
      StructureTranslator(structure: operation.input).declaration(),
      StructureTranslator(structure: operation.output, isBodiless: !operation.hasOutputShape).declaration(),
      OperationErrorTranslator(operation: operation).declaration(),
    ]
    return SourceFile(
      path: "Operations/\(operation.name).swift",
      purpose: "The operation \(operation.name): what it takes, answers and fails with.",
      imports: operation.input.modules.union(operation.output.modules).union([Import("AWSJSON")]),
      declarations: types.map(Declaration.type))
  }

  private var marker: TypeDeclaration {
    let target = "\(service.name).\(operation.name)"
    return TypeDeclaration(
      documentation: operation.documentation, kind: .enum, name: operation.name, conformances: ["AWSJSONOperation"],
      members: [
        .typeAlias(documentation: nil, access: .public, name: "Input", type: operation.input.swiftName),
        .typeAlias(documentation: nil, access: .public, name: "Output", type: operation.output.swiftName),
        .typeAlias(documentation: nil, access: .public, name: "Failure", type: "\(operation.name)Error"),
        constant("The operation's name.", "name", operation.name),
        constant("What `X-Amz-Target` says in a request for it.", "target", target),
      ])
  }

  private func constant(_ documentation: String, _ name: String, _ value: String) -> Declaration {
    .property(
      PropertyDeclaration(
        documentation: documentation, isStatic: true, isConstant: true, name: name,
        value: .code(SwiftIdentifier.literal(value))))
  }
}
