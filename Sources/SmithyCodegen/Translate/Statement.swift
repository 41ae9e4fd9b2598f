// Statements and expressions of generated function bodies.

/// A statement.
public indirect enum Statement: Equatable, Sendable {
  /// A statement that always fits on a line.
  case line(String)
  /// `target = value`, broken after the `=` when it does not fit on a line.
  case assignment(to: String, String)
  /// `prefix` and an expression, which is broken over lines when it does not fit on one.
  case expression(prefix: String = "", Expression)
  /// A head and a block: `if …`, `while …`, or a call with a trailing closure and its parameters.
  case block(head: String, parameters: String? = nil, body: [Statement])
  case ifElse(String, then: [Statement], else: [Statement])
  /// `guard let a, let b else { return nil }`.
  case guardLet([String])
  case `switch`(subject: String, cases: [SwitchCase])
}

extension Statement {
  /// `prefix` and a call.
  static func call(prefix: String = "", _ call: Call) -> Statement { .expression(prefix: prefix, .call(call)) }
}

/// One case of a switch.
public struct SwitchCase: Equatable, Sendable {
  /// The pattern after `case`; nil for `default`.
  public var pattern: String?
  public var body: [Statement]

  public init(_ pattern: String?, _ body: Statement...) {
    self.pattern = pattern
    self.body = body
  }
}

/// An expression that may need more than one line.
public indirect enum Expression: Equatable, Sendable {
  case code(String)
  /// A string literal with this value.
  case text(String)
  /// A raw string literal with this value, which is broken anywhere when it does not fit on a line: for data.
  case rawText(String)
  case array([String])
  /// A string literal with this value, line by line.
  case lines(String)
  /// An array literal, whose elements stand on lines of their own when they do not fit on one together.
  case list([Expression])
  /// A dictionary literal, laid out in the same way.
  case dictionary([Entry])
  case call(Call)

  /// A key, as code, and its value.
  public struct Entry: Equatable, Sendable {
    public var key: String
    public var value: Expression

    public init(_ key: String, _ value: Expression) {
      self.key = key
      self.value = value
    }
  }
}

/// A call with labelled arguments.
public struct Call: Equatable, Sendable {
  public var callee: String
  public var arguments: [Argument]

  public init(_ callee: String, _ arguments: [Argument]) {
    self.callee = callee
    self.arguments = arguments
  }

  /// An argument and its label, if it has one.
  public struct Argument: Equatable, Sendable {
    public var label: String?
    public var value: Expression

    public init(_ label: String?, _ value: Expression) {
      self.label = label
      self.value = value
    }

    public init(_ label: String?, _ value: String) {
      self.init(label, .code(value))
    }
  }
}
