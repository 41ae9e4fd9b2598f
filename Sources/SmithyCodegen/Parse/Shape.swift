// The shapes of a Smithy model, as the JSON AST lists them.

/// A Smithy shape: its id, what kind it is, and its traits.
public struct Shape: Equatable, Sendable {
  public var id: ShapeID
  public var kind: Kind
  public var traits: Traits

  public init(id: ShapeID, kind: Kind, traits: Traits = Traits()) {
    self.id = id
    self.kind = kind
    self.traits = traits
  }

  /// The kinds of shapes, with what each of them refers to.
  public enum Kind: Equatable, Sendable {
    case simple(SimpleType)
    case list(Member)
    case map(key: Member, value: Member)
    case structure([Member])
    case union([Member])
    /// An enum of strings; each value in the order of the model.
    case enumeration([EnumValue<String>])
    case intEnumeration([EnumValue<Int>])
    case operation(Operation)
    case service(Service)
    case resource(Resource)
  }

  /// Shapes without members.
  public enum SimpleType: String, Sendable, CaseIterable {
    case blob, boolean, string, byte, short, integer, long, float, double, bigInteger, bigDecimal, timestamp, document
  }

  /// A member of an aggregate shape.
  public struct Member: Equatable, Sendable {
    public var name: String
    public var target: ShapeID
    public var traits: Traits

    public init(name: String, target: ShapeID, traits: Traits = Traits()) {
      self.name = name
      self.target = target
      self.traits = traits
    }
  }

  /// A value of an enum, with the name that the model has for it.
  public struct EnumValue<Value: Equatable & Sendable>: Equatable, Sendable {
    public var name: String
    public var value: Value

    public init(name: String, value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// What an operation takes, answers and fails with.
  public struct Operation: Equatable, Sendable {
    public var input: ShapeID
    public var output: ShapeID
    public var errors: [ShapeID]

    public init(input: ShapeID = .unit, output: ShapeID = .unit, errors: [ShapeID] = []) {
      self.input = input
      self.output = output
      self.errors = errors
    }
  }

  /// A service's operations, and the errors that each of them may fail with.
  public struct Service: Equatable, Sendable {
    public var version: String
    public var operations: [ShapeID]
    public var resources: [ShapeID]
    public var errors: [ShapeID]

    public init(version: String, operations: [ShapeID], resources: [ShapeID] = [], errors: [ShapeID] = []) {
      self.version = version
      self.operations = operations
      self.resources = resources
      self.errors = errors
    }
  }

  /// The operations on a resource, whatever they do with it, and the resources inside it.
  public struct Resource: Equatable, Sendable {
    public var operations: [ShapeID]
    public var resources: [ShapeID]

    public init(operations: [ShapeID] = [], resources: [ShapeID] = []) {
      self.operations = operations
      self.resources = resources
    }
  }
}
