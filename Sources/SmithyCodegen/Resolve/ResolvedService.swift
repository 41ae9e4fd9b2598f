// A service as the generator needs it: every name decided, every shape in reach, nothing unsupported left.

/// A service and the types in its closure, ready to be translated.
public struct ResolvedService: Equatable, Sendable {
  /// The shape name, which `X-Amz-Target` starts with: `TrentService`.
  public var name: String
  /// The name in Swift identifiers: `KMS`.
  public var swiftName: String
  public var documentation: String
  public var description: ResolvedDescription
  /// In name order.
  public var operations: [ResolvedOperation]
  /// The structures that operations take or answer indirectly, in name order.
  public var structures: [ResolvedStructure]
  /// In name order.
  public var enumerations: [ResolvedEnumeration]
  /// In name order.
  public var intEnumerations: [ResolvedIntEnumeration] = []
  /// In name order.
  public var unions: [ResolvedUnion] = []
  /// The modelled errors, in name order.
  public var errors: [ResolvedError]
  /// In name order.
  public var patterns: [ResolvedPattern]
  /// In the order of the overlay.
  public var choices: [ResolvedChoice]
}

/// An operation with its own input and output type.
public struct ResolvedOperation: Equatable, Sendable {
  /// The name on the wire, which is the Swift type's too: `GenerateDataKeyPair`.
  public var name: String
  /// The method: `generateDataKeyPair`.
  public var methodName: String
  public var documentation: String
  public var input: ResolvedStructure
  public var output: ResolvedStructure
  /// Whether the model has an output shape; without one an answer has no body at all.
  public var hasOutputShape: Bool
  /// In the order of the model.
  public var errors: [ResolvedError]
  /// The exactly-one-of group of the input, if it has one.
  public var choice: ResolvedChoice?
  /// What the host name of the operation's requests begins with; empty for most operations.
  public var hostPrefix: [HostPrefixPart] = []
  /// Whether the service takes compressed requests.
  public var compressesRequest = false
  /// How the result comes in pages; nil when it comes in one piece.
  public var pagination: ResolvedPagination?
}

extension ResolvedService {
  /// The name of the client class: `KMSClient`.
  public var clientName: String { "\(swiftName)Client" }
  /// The name of the enum of all operations: `KMSOperation`.
  public var operationsName: String { "\(swiftName)Operation" }
  /// The name of the enum that holds the compiled patterns.
  static let patternsName = "ShapePatterns"
}

extension ResolvedOperation {
  /// The method that goes through the pages of a paginated operation: `listKeysPages`.
  var pagesMethodName: String { "\(methodName)Pages" }
  /// The names of all methods for the operation.
  var methodNames: [String] { [methodName] + (pagination == nil ? [] : [pagesMethodName]) }
}

/// A structure and its members.
public struct ResolvedStructure: Equatable, Sendable {
  public var swiftName: String
  public var documentation: String
  /// In the order of the model.
  public var members: [ResolvedMember]
  /// Whether requests can hold the structure, so that its constraints have to be checked.
  public var isInput: Bool
}

/// A member of a structure.
public struct ResolvedMember: Equatable, Sendable {
  /// The name in JSON: `KeyId`.
  public var wireName: String
  /// The property: `keyID`.
  public var swiftName: String
  /// The name in validation messages: `keyId`.
  public var pathName: String
  public var documentation: String
  public var value: ResolvedValue
  /// Whether the Swift property is not optional: required by the model, always sent by the service, or with a default.
  public var isRequired: Bool
  /// What a member that is not optional has when nobody gave a value; nil when one must be given.
  public var defaultValue: ResolvedDefault?
  /// What a client makes up when the service leaves a required member out; nil when that is an error.
  public var correction: ResolvedDefault?
  /// Whether the value has to lie outside of the structure because it can hold such a structure itself.
  public var isIndirect = false
  /// Whether a client makes up a random value when the caller gives none.
  public var isIdempotencyToken = false
}

/// An enum of strings.
public struct ResolvedEnumeration: Equatable, Sendable {
  public var swiftName: String
  public var documentation: String
  /// In the order of the model.
  public var cases: [Case]

  public struct Case: Equatable, Sendable {
    public var swiftName: String
    public var wireName: String
  }
}

/// A modelled error.
public struct ResolvedError: Equatable, Sendable {
  /// The shape name, which is the error code on the wire and the Swift type's name: `NotFoundException`.
  public var name: String
  /// The code that the AWS Query protocol has for it, where the service still sends that one.
  public var queryCode: String?
  /// The case in operations' error enums: `notFound`.
  public var caseName: String
  public var documentation: String
  /// The HTTP status of an answer with the error.
  public var statusCode: Int
  /// What is in the error beside its message, in the order of the model. All of it may be absent.
  public var members: [ResolvedMember] = []
  /// Whether a request that failed with the error may be repeated; nil when the model does not say so.
  public var retryability: ResolvedRetryability?
}

/// A regular expression that some string shape has to match.
public struct ResolvedPattern: Equatable, Sendable {
  /// The constant that holds the compiled pattern, named after the shape: `aliasNameType`.
  public var swiftName: String
  public var pattern: String
}

/// A group of input members of which exactly one is given.
public struct ResolvedChoice: Equatable, Sendable {
  public var swiftName: String
  public var label: String
  public var documentation: String
  /// In the order of the overlay; each becomes an enum case.
  public var members: [ResolvedMember]
}
