// How one input member is given on a command line.

/// A flag: the property that ArgumentParser fills, and how its value becomes the member's.
struct CommandArgument {
  /// The name of the property and of the input's member.
  let name: String
  let property: Declaration
  /// The member's value, made from the property.
  let value: String
  /// Whether making the value can fail, for example when it has to be read from a file.
  let canThrow: Bool

  /// - Throws: ``Refusal`` when no flag can carry the member's type.
  init(_ member: ResolvedMember, of structure: String) throws(Refusal) {
    name = member.swiftName
    let property = SwiftIdentifier.escaped(member.swiftName)
    let optional = member.isRequired ? "" : "?"
    let type: String
    switch member.value.type {
    case .boolean where !member.isRequired:
      self.property = Self.declaration(member, wrapper: "@Flag", type: nil, value: .code("false"))
      value = "\(property) ? true : nil"
      canThrow = false
      return
    case .list(let element, false): (type, value, canThrow) = try Self.list(element, member, structure)
    case .map(let key, let element, false) where key.isPlainText && element.isPlainText:
      type = "[PairArgument]"
      value = "\(property).dictionary()\(member.isRequired ? " ?? [:]" : "")"
      canThrow = true
    default:
      guard let scalar = Self.scalar(member.value) else {
        throw Refusal("\(structure)$\(member.wireName)", "cannot be given as a flag")
      }
      type = scalar.type + optional
      value = scalar.accessor.map { "\(property)\(optional).\($0)" } ?? property
      canThrow = scalar.canThrow
    }
    self.property = Self.declaration(member, wrapper: "@Option", type: type, value: nil)
  }

  /// The hand-written or standard type that a flag has for a value, and how the value is taken out of it.
  private static func scalar(_ value: ResolvedValue) -> (type: String, accessor: String?, canThrow: Bool)? {
    switch value.type {
    case .string where value.isSensitive: ("SecretTextArgument", "secret()", true)
    case .string, .boolean, .integer, .float, .double, .enumeration: (value.swiftType, nil, false)
    case .blob: ("BlobArgument", value.isSensitive ? "secret()" : "bytes()", true)
    case .timestamp: ("TimestampArgument", "date", false)
    case .structure(let name), .union(let name): ("JSONArgument<\(name)>", "value", false)
    case .number, .document, .intEnumeration, .list, .map: nil
    }
  }

  private static func list(
    _ element: ResolvedValue, _ member: ResolvedMember, _ structure: String
  ) throws(Refusal) -> (type: String, value: String, canThrow: Bool) {
    guard let scalar = scalar(element) else {
      throw Refusal("\(structure)$\(member.wireName)", "cannot be given as a flag")
    }
    let property = SwiftIdentifier.escaped(member.swiftName)
    let elements = scalar.accessor.map { accessor in
      "\(property).map { \(scalar.canThrow ? "try " : "")$0.\(accessor) }"
    }
    return ("[\(scalar.type)]", unlessEmpty(property, elements ?? property, member), scalar.canThrow)
  }

  /// A flag that was never given leaves an empty collection, which for an optional member means "absent".
  private static func unlessEmpty(_ property: String, _ value: String, _ member: ResolvedMember) -> String {
    member.isRequired ? value : "\(property).isEmpty ? nil : \(value)"
  }

  private static func declaration(
    _ member: ResolvedMember, wrapper: String, type: String?, value: Expression?
  ) -> Declaration {
    let isCollection = type?.hasPrefix("[") ?? false
    var arguments: [Call.Argument] = [
      .init("name", ".customLong(\(SwiftIdentifier.literal(SwiftNaming.kebabCase(member.wireName))))")
    ]
    if isCollection { arguments.append(.init("parsing", ".upToNextOption")) }
    arguments.append(.init("help", .text(member.documentation)))
    let isOptionalCollection = isCollection && !member.isRequired
    return .property(
      PropertyDeclaration(
        attribute: .call(Call(wrapper, arguments)), access: .internal,
        name: SwiftIdentifier.escaped(member.swiftName), type: type,
        value: value ?? (isOptionalCollection ? .code("[]") : nil)))
  }
}
