// How Smithy and wire names become Swift names.

/// The rules that turn names of a model into Swift identifiers.
public struct SwiftNaming: Equatable, Sendable {
  private let acronyms: Set<String>
  private let typeNames: [String: String]
  private let identifiers: [String: String]

  public init(acronyms: Set<String> = [], typeNames: [String: String] = [:], identifiers: [String: String] = [:]) {
    self.acronyms = acronyms
    self.typeNames = typeNames
    self.identifiers = identifiers
  }

  init(_ overlay: Overlay) {
    self.init(acronyms: overlay.acronyms, typeNames: overlay.typeNames, identifiers: overlay.identifiers)
  }

  /// The name of a property, parameter or enum case: `KeyId` → `keyID`, `ECC_NIST_P256` → `eccNISTP256`.
  ///
  /// The first word is in lower case, an acronym after it in capitals, any other word capitalised.
  public func identifier(_ name: String) -> String {
    if let identifier = identifiers[name] { return identifier }
    var identifier = ""
    for word in Self.words(name) {
      let upper = word.uppercased()
      if identifier.isEmpty {
        identifier = word.lowercased()
      } else if acronyms.contains(upper) {
        identifier += upper
      } else {
        identifier += upper.prefix(1) + (word == upper ? word.lowercased() : word).dropFirst()
      }
    }
    // Not even backticks make a property of these.
    if ["init", "self"].contains(identifier) { return "\(identifier)Value" }
    return identifier.first.map { $0.isNumber } ?? true ? "_\(identifier)" : identifier
  }

  /// The Swift name of the shape `name`: its own, with a capital first letter, unless generated code means another type
  /// by that.
  public func typeName(_ name: String) -> String {
    if let name = typeNames[name] { return name }
    let capitalized = name.prefix(1).uppercased() + name.dropFirst()
    return Self.takenTypeNames.contains(capitalized) ? "\(capitalized)Shape" : capitalized
  }

  /// The names of types that generated code uses, and of those that no Swift type may have.
  private static let takenTypeNames: Set<String> = [
    "Any", "Array", "Bool", "Character", "Date", "Dictionary", "Double", "Equatable", "Error", "Float", "Hashable",
    "Int", "Never", "Optional", "Protocol", "Result", "Self", "Sendable", "Set", "String", "Type", "UInt8", "Void",
    "AWSJSONEnumeration", "AWSJSONIntEnumeration", "AWSJSONOperation", "AWSJSONStructure", "AWSJSONUnion", "Body",
    "ClientFailure", "CommonServiceError", "CredentialsError", "DecodingFailure", "ErrorRetryability", "HostLabel",
    "HostLabelError", "IdempotencyToken", "Indirect", "JSONError", "JSONName", "JSONNumber", "JSONReader", "JSONValue",
    "JSONWriter", "ModeledServiceError", "PatternConstraint", "SecretBytes", "ServiceErrorReply", "ServiceErrorSummary",
    "ServiceOperationError", "TimeoutError", "TransportError", "Validation",
  ]

  /// The name of the enum case for an error shape: `NotFoundException` → `notFound`.
  public func errorCase(_ name: String) -> String {
    for suffix in ["Exception", "Error"] where name.hasSuffix(suffix) && name != suffix {
      return identifier(String(name.dropLast(suffix.count)))
    }
    return identifier(name)
  }

  /// The name a member has in the paths of validation messages: `KeyId` → `keyId`, `AWSAccountId` → `awsAccountId`.
  public static func pathName(_ name: String) -> String {
    guard let first = words(name).first else { return name }
    return first.lowercased() + name.dropFirst(first.count)
  }

  /// The name of a command or of its flag: `GenerateDataKeyPair` → `generate-data-key-pair`.
  public static func kebabCase(_ name: String) -> String {
    words(name).map { $0.lowercased() }.joined(separator: "-")
  }

  /// The words of a name: `XksKeyId` → `Xks`, `Key`, `Id`; `RSA_2048` → `RSA`, `2048`; `AWSAccountId` → `AWS`, `Account`, `Id`.
  static func words(_ name: String) -> [String] {
    name.split { !$0.isLetter && !$0.isNumber }.flatMap { camelCaseWords(Array($0)) }
  }

  /// Splits before a capital that follows a small letter, and before the last capital of a run that a small letter follows.
  private static func camelCaseWords(_ characters: [Character]) -> [String] {
    guard characters.contains(where: \.isLowercase) else { return [String(characters)] }
    var words: [String] = []
    for (index, character) in characters.enumerated() {
      let startsWord =
        character.isUppercase
        && (index == 0 || !characters[index - 1].isUppercase
          || characters.dropFirst(index + 1).first.map(\.isLowercase) == true)
      if startsWord || words.isEmpty {
        words.append(String(character))
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words
  }
}
