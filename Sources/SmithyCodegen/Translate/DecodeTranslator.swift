// The function that reads a structure from awsJson.

/// Translates reading: one pass over the object's members, then the constraints in the order of the model.
struct DecodeTranslator {
  let structure: ResolvedStructure

  func function() -> FunctionDeclaration {
    FunctionDeclaration(
      isStatic: true, name: "decode",
      parameters: [
        .init(label: "_", name: "reader", type: "inout JSONReader"),
        .init(label: "_", name: "validation", type: "inout Validation"),
      ],
      effects: "throws(JSONError)", result: "Self?",
      body: locals + readLoop + ConstraintTranslator(structure: structure).statements() + result)
  }

  private var locals: [Statement] {
    let variables = structure.members.map { member in
      Statement.line("var \(local(member)): \(member.value.swiftType)?")
    }
    return variables + (needsMark ? [.line("let mark = validation.mark")] : [])
  }

  /// Whether violations inside members may have been recorded out of the model's order.
  private var needsMark: Bool { structure.isInput && structure.members.contains { $0.value.holdsStructure } }

  private var readLoop: [Statement] {
    guard !structure.members.isEmpty else {
      return [
        .line("try reader.beginObject()"),
        .block(head: "while try reader.nextMember() != nil", body: [.line("try reader.skipValue()")]),
      ]
    }
    let cases = structure.members.map { member in
      SwitchCase(
        SwiftIdentifier.literal(member.wireName),
        read(member.value, prefix: "\(local(member)) = try reader.readNull() ? nil : ", path: member.pathName))
    }
    return [
      .line("try reader.beginObject()"),
      .block(
        head: "while let wireName = try reader.nextMember()",
        body: [.switch(subject: "wireName", cases: cases + [SwitchCase(nil, .line("try reader.skipValue()"))])]),
    ]
  }

  /// A statement that reads `value`. Elements of lists and maps have no path of their own; the runtime adds it.
  private func read(_ value: ResolvedValue, prefix: String, path: String?) -> Statement {
    let arguments = (path.map { "at: \(SwiftIdentifier.literal($0)), " } ?? "") + "&validation"
    switch value.type {
    case .string: return .line("\(prefix)reader.readString()")
    case .blob: return .line("\(prefix)reader.\(value.isSensitive ? "readSecret" : "readBlob")()")
    case .boolean: return .line("\(prefix)reader.readBool()")
    case .integer(let bits): return .line("\(prefix)reader.readInt(bits: \(bits))")
    case .float: return .line("\(prefix)reader.readFloat()")
    case .double: return .line("\(prefix)reader.readDouble()")
    case .timestamp(let format):
      return .line("\(prefix)reader.readTimestamp(\(format == .epochSeconds ? "" : ".\(format)"))")
    case .document: return .line("\(prefix)reader.readDocument()")
    case .enumeration: return .line("\(prefix)reader.readEnumeration()")
    case .structure(let name):
      guard path != nil else { return .line("\(prefix)\(name).decode(&reader, &validation)") }
      return .line("\(prefix)reader.readStructure(\(arguments))")
    case .list(let element, let isSparse):
      if !isSparse, let kind = element.type.collectionName {
        return .line("\(prefix)reader.read\(kind)List(\(arguments))")
      }
      return readElements("\(prefix)reader.read\(isSparse ? "Sparse" : "")List(\(arguments))", element)
    case .map(_, let element, let isSparse):
      if !isSparse, element.type == .string { return .line("\(prefix)reader.readStringMap(\(arguments))") }
      return readElements("\(prefix)reader.read\(isSparse ? "Sparse" : "")Map(\(arguments))", element)
    }
  }

  private func readElements(_ call: String, _ element: ResolvedValue) -> Statement {
    .block(
      head: call, parameters: "(reader, validation) throws(JSONError)",
      body: [read(element, prefix: "try ", path: nil)])
  }

  private var result: [Statement] {
    var statements: [Statement] = []
    if needsMark {
      let order = structure.members.map { SwiftIdentifier.literal($0.pathName) }
      statements.append(
        .call(Call("validation.arrange", [.init("since", "mark"), .init(nil, .array(order))])))
    }
    let required = structure.members.filter(\.isRequired)
    if !required.isEmpty { statements.append(.guardLet(required.map(local))) }
    let arguments = structure.initializerMembers.map { Call.Argument($0.swiftName, local($0)) }
    statements.append(.call(prefix: "return ", Call("Self", arguments)))
    return statements
  }

  private func local(_ member: ResolvedMember) -> String { SwiftIdentifier.local(member.swiftName) }
}

extension ResolvedValue.Kind {
  /// The word for lists of the kind that the runtime reads and writes in one call.
  var collectionName: String? {
    switch self {
    case .string: "String"
    case .enumeration: "Enumeration"
    case .structure: "Structure"
    default: nil
    }
  }
}
