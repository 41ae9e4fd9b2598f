// Collects what a body breaks of its model's constraints while it is decoded.

/// The violations found so far, and the place in the body where decoding is.
public struct Validation: Sendable {
  /// How much is checked.
  public enum Mode: Sendable {
    /// Every constraint: what a server does with its input.
    case enforceConstraints
    /// Only that required members are there: what a client needs of its output. Limits may have been widened since.
    case presenceOnly
  }

  public let mode: Mode
  /// What was found, up to ``maximumViolations``.
  public private(set) var violations: [ConstraintViolation] = []
  private var path: [PathComponent] = []

  /// How many violations are kept, so that a small body cannot ask for a very large answer.
  public static let maximumViolations = 100

  private enum PathComponent: Sendable {
    case member(StaticString)
    case element(Int)
    case key(String)
  }

  public init(_ mode: Mode) { self.mode = mode }

  /// The text of the `ValidationException`: `2 validation errors detected: Value … ; Value …`
  public var message: String {
    let count = violations.count
    let detected = "\(count) validation \(count == 1 ? "error" : "errors") detected: "
    return detected + violations.map(\.message).joined(separator: "; ")
  }

  // MARK: Where we are

  /// Goes into a member. `name` is lower camel case, as paths have it.
  public mutating func enter(_ name: StaticString) { path.append(.member(name)) }

  /// Goes into a list's element; `index` counts from 0 and is shown from 1.
  public mutating func enter(element index: Int) { path.append(.element(index)) }

  /// Goes into a map's value.
  public mutating func enter(key: String) { path.append(.key(key)) }

  /// Goes back out of what was entered last.
  public mutating func leave() { _ = path.popLast() }

  /// Where the violations recorded from now on will begin, for ``arrange(since:_:)``.
  public var mark: Int { violations.count }

  /// Puts the violations of this structure's members that were recorded since `mark` into the model's order.
  ///
  /// Nested values are checked as they are met, other members when all have been read.
  @inlinable
  public mutating func arrange(since mark: Int, _ members: @autoclosure () -> [StaticString]) {
    if violations.count > mark + 1 { sort(since: mark, members()) }
  }

  @usableFromInline
  mutating func sort(since mark: Int, _ members: [StaticString]) {
    guard violations.indices.contains(mark) else { return }
    let ranks = members.map { text(of: $0) }
    let ranked = violations[mark...].enumerated().map { position, violation in
      let rank = ranks.firstIndex { violation.path == $0 || violation.path.hasPrefix($0 + ".") }
      return (rank: rank ?? ranks.count, position: position, violation: violation)
    }
    let sorted = ranked.sorted { ($0.rank, $0.position) < ($1.rank, $1.position) }
    violations.replaceSubrange(mark..., with: sorted.map(\.violation))
  }

  /// The path of `name` here, or of the current place without a name.
  private func text(of name: StaticString?) -> String {
    var parts = path.map { component in
      switch component {
      case .member(let name): name.description
      case .element(let index): "\(index + 1).member"
      case .key(let key): "\(key).member"
      }
    }
    if let name { parts.append(name.description) }
    return parts.joined(separator: ".")
  }

  // MARK: Recording

  /// Records that a required member, or without a name the current element, is null.
  ///
  /// Nothing is recorded when something inside that member has been: it was there, but could not be made.
  /// A client overlooks null elements.
  public mutating func missing(_ name: StaticString? = nil) {
    if name == nil, mode == .presenceOnly { return }
    let inside = text(of: name) + "."
    if name != nil, violations.contains(where: { $0.path.hasPrefix(inside) }) { return }
    record(.required, nil, at: name)
  }

  @usableFromInline
  mutating func record(_ rule: ConstraintRule, _ value: String?, at name: StaticString?) {
    guard violations.count < Self.maximumViolations else { return }
    violations.append(ConstraintViolation(path: text(of: name), renderedValue: value, rule: rule))
  }
}
