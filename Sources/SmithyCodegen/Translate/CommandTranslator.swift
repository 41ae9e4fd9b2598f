// The command line's commands: one per operation, every input member a flag.

/// Translates a service to ArgumentParser commands, which a hand-written runner runs.
public struct CommandTranslator {
  private let service: ResolvedService
  private let layout: ModuleLayout

  public init(_ service: ResolvedService, layout: ModuleLayout = .separate()) {
    self.service = service
    self.layout = layout
  }

  /// - Throws: ``Refusal`` when an input has a member that no flag can carry.
  public func files() throws(Refusal) -> [SourceFile] {
    var files: [SourceFile] = []
    for operation in service.operations { files.append(try file(operation)) }
    return files + [list, enumerationArguments]
  }

  private var typesModule: Set<Import> {
    layout.typesModule(of: service).map { [Import($0, isPublic: false)] } ?? []
  }
  private var argumentParser: Import { Import("ArgumentParser", isPublic: false) }

  private func commandName(_ operation: ResolvedOperation) -> String { "\(operation.name)Command" }

  private func file(_ operation: ResolvedOperation) throws(Refusal) -> SourceFile {
    var arguments: [CommandArgument] = []
    for member in operation.input.members {
      arguments.append(try CommandArgument(member, of: operation.input.swiftName))
    }
    let name = SwiftNaming.kebabCase(operation.name)
    return SourceFile(
      path: "Operations/\(commandName(operation)).swift", purpose: "The command \(name).",
      imports: typesModule.union([argumentParser]),
      declarations: [
        .type(
          TypeDeclaration(
            documentation: operation.documentation, access: .internal, kind: .struct, name: commandName(operation),
            conformances: ["AsyncParsableCommand"],
            members: [configuration(operation, named: name)] + arguments.map(\.property) + [
              commonOptions, input(operation, arguments), run(operation),
            ]))
      ])
  }

  private func configuration(_ operation: ResolvedOperation, named name: String) -> Declaration {
    .property(
      PropertyDeclaration(
        access: .internal, isStatic: true, isConstant: true, name: "configuration",
        value: .call(
          Call(
            "CommandConfiguration",
            [
              .init("commandName", SwiftIdentifier.literal(name)),
              .init("abstract", .text(operation.documentation)),
            ]))))
  }

  private var commonOptions: Declaration {
    .property(
      PropertyDeclaration(
        attribute: .code("@OptionGroup"), access: .internal, name: "options", type: "EndpointOptions"))
  }

  private func input(_ operation: ResolvedOperation, _ arguments: [CommandArgument]) -> Declaration {
    let byName = Dictionary(arguments.map { ($0.name, $0) }) { first, _ in first }
    let inOrder = operation.input.initializerMembers.compactMap { byName[$0.swiftName] }
    let call = Call(operation.input.swiftName, inOrder.map { .init($0.name, $0.value) })
    return .function(
      FunctionDeclaration(
        documentation: ["The input that the flags describe."], access: .internal, name: "input", effects: "throws",
        result: operation.input.swiftName,
        body: [.call(prefix: inOrder.contains(where: \.canThrow) ? "try " : "", call)]))
  }

  private func run(_ operation: ResolvedOperation) -> Declaration {
    .function(
      FunctionDeclaration(
        access: .internal, name: "run", effects: "async throws",
        body: [.line("try await OperationRunner(options).run(\(operation.name).self, input())")]))
  }

  private var list: SourceFile {
    let all = Declaration.property(
      PropertyDeclaration(
        documentation: "The commands, in name order.", access: .internal, isStatic: true, name: "all",
        type: "[any ParsableCommand.Type]",
        getter: [.expression(.array(service.operations.map { "\(commandName($0)).self" }))]))
    return SourceFile(
      path: "OperationCommands.swift", purpose: "All commands that are operations of the service.",
      imports: [argumentParser],
      declarations: [
        .type(
          TypeDeclaration(
            documentation: "The commands that call an operation of the service.", access: .internal, kind: .enum,
            name: "OperationCommands", members: [all]))
      ])
  }

  /// Lets enums be flags; how is hand-written, once for all enums.
  private var enumerationArguments: SourceFile {
    let names = Set(service.operations.flatMap { $0.input.members.compactMap(\.value.type.enumerationName) })
    return SourceFile(
      path: "EnumArguments.swift", purpose: "The enums that flags take.",
      imports: typesModule.union([Import("ArgumentParser", isPublic: true)]),
      declarations: names.sorted().map { name in
        .type(
          TypeDeclaration(
            access: .internal, kind: .extension, name: name, conformances: ["ExpressibleByArgument"]))
      })
  }
}

extension ResolvedValue.Kind {
  /// The enum that a flag for the value takes, if it takes one.
  fileprivate var enumerationName: String? {
    switch self {
    case .enumeration(let name): name
    case .list(let element, _): element.type.enumerationName
    default: nil
    }
  }
}
