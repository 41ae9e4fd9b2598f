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
        read(member.value, into: local(member), path: member.pathName))
    }
    return [
      .line("try reader.beginObject()"),
      .block(
        head: "while let wireName = try reader.nextMember()",
        body: [.switch(subject: "wireName", cases: cases + [SwitchCase(nil, .line("try reader.skipValue()"))])]),
    ]
  }

  /// A statement that reads a value.
  ///
  /// - Parameters:
  ///   - target: the variable to assign to; nil where the value is what a closure returns.
  ///   - path: the member's name in messages; nil for elements of lists and maps, whose place the runtime knows.
  private func read(_ value: ResolvedValue, into target: String?, path: String?) -> Statement {
    switch value.type {
    case .string: assign(value.isSensitive ? "reader.readSecretText()" : "reader.readString()", to: target)
    case .blob: assign(value.isSensitive ? "reader.readSecret()" : "reader.readBlob()", to: target)
    case .boolean: assign("reader.readBool()", to: target)
    case .integer(let bits): assign("reader.readInt(bits: \(bits))", to: target)
    case .float: assign("reader.readFloat()", to: target)
    case .double: assign("reader.readDouble()", to: target)
    case .timestamp(.epochSeconds): assign("reader.readTimestamp()", to: target)
    case .timestamp(let format): assign("reader.readTimestamp(.\(format))", to: target)
    case .document: assign("reader.readDocument()", to: target)
    case .enumeration: assign("reader.readEnumeration()", to: target)
    case .structure(let name):
      assign(path == nil ? "\(name).decode(&reader, &validation)" : aggregate("Structure", at: path), to: target)
    case .list(let element, let isSparse):
      if path != nil, !isSparse, let kind = element.collectionName {
        assign(aggregate("\(kind)List", at: path), to: target)
      } else {
        read(element, eachOf: aggregate(isSparse ? "SparseList" : "List", at: path), into: target)
      }
    case .map(_, let element, let isSparse):
      if path != nil, !isSparse, element.isPlainText {
        assign(aggregate("StringMap", at: path), to: target)
      } else {
        read(element, eachOf: aggregate(isSparse ? "SparseMap" : "Map", at: path), into: target)
      }
    }
  }

  private func aggregate(_ kind: String, at path: String?) -> String {
    let place = path.map { "at: \(SwiftIdentifier.literal($0)), " } ?? ""
    return "reader.read\(kind)(\(place)&validation)"
  }

  /// JSON's null counts as absent, and the last of several members with one name wins.
  private static let unlessNull = "try reader.readNull() ? nil : "

  private func assign(_ call: String, to target: String?) -> Statement {
    if let target { .assignment(to: target, Self.unlessNull + call) } else { .line("try \(call)") }
  }

  private func read(_ element: ResolvedValue, eachOf call: String, into target: String?) -> Statement {
    let body = [read(element, into: nil, path: nil)]
    func loop(_ prefix: String) -> Statement {
      .block(head: prefix + call, parameters: "(reader, validation) throws(JSONError)", body: body)
    }
    guard let target else { return loop("try ") }
    return .ifElse("try reader.readNull()", then: [.line("\(target) = nil")], else: [loop("\(target) = try ")])
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

extension ResolvedValue {
  /// The word for lists of such values that the runtime reads and writes in one call.
  var collectionName: String? {
    switch type {
    case .string where !isSensitive: "String"
    case .enumeration: "Enumeration"
    case .structure: "Structure"
    default: nil
    }
  }
}
