// The Swift types of resolved values, and the modules they come from.

extension ResolvedValue {
  /// The Swift type, not optional: `String`, `[Tag]`, `SecretBytes`.
  var swiftType: String {
    switch type {
    case .string: isSensitive ? "SecretBytes" : "String"
    case .blob: isSensitive ? "SecretBytes" : "[UInt8]"
    case .boolean: "Bool"
    case .integer: "Int"
    case .float: "Float"
    case .double: "Double"
    case .timestamp: "Date"
    case .document: "JSONValue"
    case .number: "JSONNumber"
    case .enumeration(let name), .intEnumeration(let name), .structure(let name), .union(let name): name
    case .list(let element, let isSparse): "[\(element.swiftType)\(isSparse ? "?" : "")]"
    case .map(let key, let value, let isSparse): "[\(key.swiftType): \(value.swiftType)\(isSparse ? "?" : "")]"
    }
  }

  /// Whether the value is a string whose text must not become a Swift `String`.
  var isSecretText: Bool { type == .string && isSensitive }

  /// Whether the value is a string that lists and maps of it can be read and written in one call for.
  var isPlainText: Bool { type == .string && !isSensitive }

  /// The modules beside the generated one that ``swiftType`` needs.
  var modules: Set<Import> {
    switch type {
    case .timestamp: [.foundation]
    case .blob where isSensitive, .string where isSensitive: [Import("SecureMemory")]
    case .document, .number: [Import("AWSJSON")]
    case .list(let element, _): element.modules
    case .map(let key, let value, _): key.modules.union(value.modules)
    default: []
    }
  }
}

extension ResolvedValue {
  /// A Swift expression for `value`, where the type is known from the context.
  func expression(_ value: ResolvedDefault) -> String {
    switch value {
    case .text(let text):
      isSensitive ? "SecretBytes(\(SwiftIdentifier.literal(text)).utf8)" : SwiftIdentifier.literal(text)
    case .bytes(let bytes):
      isSensitive ? "SecretBytes([\(Self.elements(bytes))] as [UInt8])" : "[\(Self.elements(bytes))]"
    case .boolean(let value): "\(value)"
    case .integer(let integer): type == .number ? "JSONNumber(\(integer))" : "\(integer)"
    case .number(let number): "\(number)"
    case .seconds(let seconds): "Date(timeIntervalSince1970: \(Int(exactly: seconds).map(String.init) ?? "\(seconds)"))"
    case .emptyList: "[]"
    case .emptyMap: "[:]"
    case .document(let node): Self.document(node)
    case .enumeration(let name): ".\(name)"
    case .unlistedText(let text): ".unknown(\(SwiftIdentifier.literal(text)))"
    case .unlistedInteger(let integer): "\(swiftType)(rawValue: \(integer))"
    case .unknownUnion: ".unknown(\"\")"
    case .emptyStructure: "\(swiftType)()"
    }
  }

  private static func elements(_ bytes: [UInt8]) -> String { bytes.map { "\($0)" }.joined(separator: ", ") }

  private static func document(_ node: JSONNode) -> String {
    switch node {
    case .null: return ".null"
    case .bool(let value): return ".bool(\(value))"
    case .number(let number): return node.integer.map { ".integer(\($0))" } ?? ".number(\(number))"
    case .wideInteger(let integer): return ".integer(\(integer))"
    case .string(let text): return ".string(\(SwiftIdentifier.literal(text)))"
    case .array(let elements): return ".array([\(elements.map(document).joined(separator: ", "))])"
    case .object(let members):
      let entries = members.map { "\(SwiftIdentifier.literal($0.name)): \(document($0.value))" }
      return ".object([\(entries.isEmpty ? ":" : entries.joined(separator: ", "))])"
    }
  }
}

extension ResolvedMember {
  /// The type of the Swift property.
  var propertyType: String { isRequired ? value.swiftType : "\(value.swiftType)?" }

  /// What an initializer takes when the caller says nothing; nil when a value must be given.
  var initializerDefault: String? { isRequired ? defaultValue.map(value.expression) : "nil" }
}

extension ResolvedStructure {
  /// The members in the order in which an initializer takes them: those without a default first.
  var initializerMembers: [ResolvedMember] {
    members.filter { $0.initializerDefault == nil } + members.filter { $0.initializerDefault != nil }
  }

  /// The modules that the types of the members need.
  var modules: Set<Import> { members.reduce(into: []) { $0.formUnion($1.value.modules) } }
}
