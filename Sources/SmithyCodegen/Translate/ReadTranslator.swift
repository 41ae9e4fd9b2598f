// How a value of any type is read from awsJson.

/// Translates the reading of one value.
struct ReadTranslator {
  /// Where a value goes.
  enum Target {
    /// A variable that exists. JSON's null counts as absent, and the last of several members with one name wins.
    case variable(String)
    /// A constant that is declared here; the caller has made sure that no null comes next.
    case constant(String, type: String)
    /// What a closure returns.
    case result
  }

  /// A statement that reads `value`.
  ///
  /// - Parameter path: the member's name in messages; nil for elements of lists and maps, whose place the runtime knows.
  static func statement(_ value: ResolvedValue, into target: Target, path: String?) -> Statement {
    switch value.type {
    case .string: assign(value.isSensitive ? "reader.readSecretText()" : "reader.readString()", to: target)
    case .blob: assign(value.isSensitive ? "reader.readSecret()" : "reader.readBlob()", to: target)
    case .boolean: assign("reader.readBool()", to: target)
    case .integer(let bits): assign("reader.readInt(bits: \(bits))", to: target)
    case .float: assign("reader.readFloat()", to: target)
    case .double: assign("reader.readDouble()", to: target)
    case .number: assign("reader.readNumber()", to: target)
    case .timestamp(.epochSeconds): assign("reader.readTimestamp()", to: target)
    case .timestamp(let format): assign("reader.readTimestamp(.\(format))", to: target)
    case .document: assign("reader.readDocument()", to: target)
    case .enumeration: assign("reader.readEnumeration()", to: target)
    case .intEnumeration: assign("reader.readIntEnumeration()", to: target)
    case .structure(let name), .union(let name):
      assign(path == nil ? "\(name).decode(&reader, &validation)" : aggregate("Structure", at: path), to: target)
    case .list(let element, let isSparse):
      if path != nil, !isSparse, let kind = element.collectionName {
        assign(aggregate("\(kind)List", at: path), to: target)
      } else {
        each(element, of: aggregate(isSparse ? "SparseList" : "List", at: path), into: target)
      }
    case .map(_, let element, let isSparse):
      if path != nil, !isSparse, element.isPlainText {
        assign(aggregate("StringMap", at: path), to: target)
      } else {
        each(element, of: aggregate(isSparse ? "SparseMap" : "Map", at: path), into: target)
      }
    }
  }

  private static func aggregate(_ kind: String, at path: String?) -> String {
    let place = path.map { "at: \(SwiftIdentifier.literal($0)), " } ?? ""
    return "reader.read\(kind)(\(place)&validation)"
  }

  private static func assign(_ call: String, to target: Target) -> Statement {
    switch target {
    case .variable(let name): .assignment(to: name, "try reader.readNull() ? nil : \(call)")
    case .constant(let name, let type): .assignment(to: "let \(name): \(type)", "try \(call)")
    case .result: .line("try \(call)")
    }
  }

  private static func each(_ element: ResolvedValue, of call: String, into target: Target) -> Statement {
    let body = [statement(element, into: .result, path: nil)]
    func loop(_ prefix: String) -> Statement {
      .block(head: prefix + call, parameters: "(reader, validation) throws(JSONError)", body: body)
    }
    return switch target {
    case .variable(let name):
      .ifElse("try reader.readNull()", then: [.line("\(name) = nil")], else: [loop("\(name) = try ")])
    case .constant(let name, let type): loop("let \(name): \(type) = try ")
    case .result: loop("try ")
    }
  }
}

extension ResolvedValue {
  /// The word for lists of such values that the runtime reads and writes in one call.
  var collectionName: String? {
    switch type {
    case .string where !isSensitive: "String"
    case .enumeration: "Enumeration"
    case .structure, .union: "Structure"
    default: nil
    }
  }
}
