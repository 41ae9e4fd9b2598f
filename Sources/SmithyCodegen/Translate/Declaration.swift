// The Swift declarations that the generator can make: a small model of the language, rendered elsewhere.

/// A Swift source file.
public struct SourceFile: Equatable, Sendable {
  /// The path inside the output folder: `Operations/Encrypt.swift`.
  public var path: String
  /// What the file is for, in a line.
  public var purpose: String
  public var imports: Set<Import>
  public var declarations: [Declaration]
}

/// An import of a module.
public struct Import: Hashable, Sendable {
  public var module: String
  public var isPublic: Bool
  /// Whether who imports this module gets that one, too.
  public var isExported: Bool

  public init(_ module: String, isPublic: Bool = true, isExported: Bool = false) {
    self.module = module
    self.isPublic = isPublic
    self.isExported = isExported
  }

  /// The module that has `Date`; rendered as a choice between `FoundationEssentials` and `Foundation`.
  public static let foundation = Import("Foundation")
}

/// A declaration.
public indirect enum Declaration: Equatable, Sendable {
  case type(TypeDeclaration)
  case property(PropertyDeclaration)
  case enumCase(EnumCase)
  case typeAlias(documentation: String?, access: Access, name: String, type: String)
  case function(FunctionDeclaration)
}

/// Who can see a declaration.
public enum Access: String, Sendable {
  case `public`
  case `internal`
  case `private`
}

/// A struct, an enum, a class or an extension.
public struct TypeDeclaration: Equatable, Sendable {
  public enum Kind: String, Sendable {
    case `struct`, `enum`, `extension`
    case finalClass = "final class"
    case indirectEnum = "indirect enum"
  }

  /// The documentation comment; an empty line separates paragraphs.
  public var documentation: String?
  public var access: Access = .public
  public var kind: Kind
  public var name: String
  public var conformances: [String] = []
  public var members: [Declaration] = []
}

/// A stored or computed property.
public struct PropertyDeclaration: Equatable, Sendable {
  public var documentation: String?
  /// An attribute, which stands on lines of its own above the property.
  public var attribute: Expression?
  public var access: Access = .public
  public var isStatic = false
  public var isConstant = false
  public var name: String
  /// Left out when nil, for the compiler to infer.
  public var type: String?
  public var value: Expression?
  /// The body of a computed property.
  public var getter: [Statement]?
}

/// A case of an enum.
public struct EnumCase: Equatable, Sendable {
  public var documentation: String?
  public var name: String
  /// The associated values as they are written, for example `code: String`.
  public var associated: [String] = []
  public var rawValue: String?
}

/// A function or, when its name is `init`, an initializer.
public struct FunctionDeclaration: Equatable, Sendable {
  /// The lines of the documentation comment; an empty one separates paragraphs.
  public var documentation: [String] = []
  public var attributes: [String] = []
  public var access: Access = .public
  public var isStatic = false
  public var name: String
  public var parameters: [Parameter] = []
  /// What stands between the parameters and the arrow, for example `async throws(EncryptError)`.
  public var effects: String = ""
  public var result: String?
  public var body: [Statement] = []

  /// A parameter of a function.
  public struct Parameter: Equatable, Sendable {
    /// The argument label when it is another than the name.
    public var label: String?
    public var name: String
    public var type: String
    public var defaultValue: String?
  }
}
