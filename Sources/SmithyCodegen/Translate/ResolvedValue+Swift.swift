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
    case .enumeration(let name), .structure(let name): name
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
    case .document: [Import("AWSJSON")]
    case .list(let element, _): element.modules
    case .map(let key, let value, _): key.modules.union(value.modules)
    default: []
    }
  }
}

extension ResolvedMember {
  /// The type of the Swift property.
  var propertyType: String { isRequired ? value.swiftType : "\(value.swiftType)?" }
}

extension ResolvedStructure {
  /// The members in the order in which an initializer takes them: those without a default first.
  var initializerMembers: [ResolvedMember] {
    members.filter(\.isRequired) + members.filter { !$0.isRequired }
  }

  /// The modules that the types of the members need.
  var modules: Set<Import> { members.reduce(into: []) { $0.formUnion($1.value.modules) } }
}
