// The files of the model module: operations, structures, enums, errors, patterns.

/// Translates a service to the types that its clients and its servers share.
public struct ModelTranslator {
  private let service: ResolvedService

  public init(_ service: ResolvedService) {
    self.service = service
  }

  public func files() -> [SourceFile] {
    service.operations.map { OperationTranslator(operation: $0, service: service).file() }
      + service.structures.map(file) + service.unions.map(file) + service.enumerations.map(file)
      + service.intEnumerations.map(file) + service.errors.map(file)
      + [operationNames] + (service.patterns.isEmpty ? [] : [patterns])
  }

  private func file(_ structure: ResolvedStructure) -> SourceFile {
    SourceFile(
      path: "Structures/\(structure.swiftName).swift", purpose: "The structure \(structure.swiftName).",
      imports: structure.modules.union([Import("AWSJSON")]),
      declarations: [.type(StructureTranslator(structure: structure).declaration())])
  }

  private func file(_ enumeration: ResolvedEnumeration) -> SourceFile {
    SourceFile(
      path: "Enums/\(enumeration.swiftName).swift", purpose: "The enum \(enumeration.swiftName).",
      imports: [Import("AWSJSON")],
      declarations: [.type(EnumerationTranslator(enumeration: enumeration).declaration())])
  }

  private func file(_ union: ResolvedUnion) -> SourceFile {
    let translator = UnionTranslator(union: union)
    return SourceFile(
      path: "Unions/\(union.swiftName).swift", purpose: "The union \(union.swiftName).",
      imports: translator.modules.union([Import("AWSJSON")]), declarations: [.type(translator.declaration())])
  }

  private func file(_ enumeration: ResolvedIntEnumeration) -> SourceFile {
    SourceFile(
      path: "Enums/\(enumeration.swiftName).swift", purpose: "The enum \(enumeration.swiftName).",
      imports: [Import("AWSJSON")],
      declarations: [.type(IntEnumerationTranslator(enumeration: enumeration).declaration())])
  }

  private func file(_ error: ResolvedError) -> SourceFile {
    SourceFile(
      path: "Errors/\(error.name).swift", purpose: "The error \(error.name).",
      imports: ErrorTranslator(error: error).modules.union([Import("AWSJSON")]),
      declarations: [.type(ErrorTranslator(error: error).declaration())])
  }

  private var operationNames: SourceFile {
    let name = service.operationsName
    let cases = service.operations.map {
      Declaration.enumCase(
        EnumCase(
          documentation: $0.documentation, name: SwiftIdentifier.escaped($0.methodName),
          rawValue: SwiftIdentifier.literal($0.name)))
    }
    return SourceFile(
      path: "\(name).swift", purpose: "The names of all operations.", imports: [],
      declarations: [
        .type(
          TypeDeclaration(
            documentation: "An operation, by the name it has on the wire.", kind: .enum, name: name,
            conformances: ["String", "CaseIterable", "Sendable"], members: cases))
      ])
  }

  /// One constant for each pattern, so that each is compiled once.
  private var patterns: SourceFile {
    let constants = service.patterns.map { pattern in
      Declaration.property(
        PropertyDeclaration(
          access: .internal, isStatic: true, isConstant: true, name: SwiftIdentifier.escaped(pattern.swiftName),
          value: .call(Call("PatternConstraint", [.init(nil, SwiftIdentifier.literal(pattern.pattern))]))))
    }
    let all = Declaration.property(
      PropertyDeclaration(
        documentation: "Every pattern.", access: .internal, isStatic: true, isConstant: true, name: "all",
        value: .array(service.patterns.map { SwiftIdentifier.escaped($0.swiftName) })))
    return SourceFile(
      path: "ShapePatterns.swift", purpose: "The regular expressions of the model, each compiled once.",
      imports: [Import("AWSJSON", isPublic: false)],
      declarations: [
        .type(
          TypeDeclaration(
            documentation: "Patterns that strings have to match, named after their shapes.", access: .internal,
            kind: .enum, name: ResolvedService.patternsName, members: constants + [all]))
      ])
  }
}
