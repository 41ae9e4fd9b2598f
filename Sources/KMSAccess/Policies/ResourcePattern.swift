// To what a statement says it is done.

/// A resource of a policy: `*`, or an ARN whose six segments may hold wildcards and policy variables.
///
/// A wildcard does not reach beyond its segment; in the last one it may span slashes and colons.
public struct ResourcePattern: Hashable, Sendable {
  private let pattern: ARNPattern

  /// Nil unless `text` is `*` or starts as an ARN does, and can be searched for; `hasVariables` says whether `${…}`
  /// means something in it.
  init?(_ text: String, hasVariables: Bool) {
    guard text == "*" || text.hasPrefix("arn:"), let pattern = ARNPattern(text, hasVariables: hasVariables) else {
      return nil
    }
    self.pattern = pattern
  }

  /// Whether the resource with this ARN, or `*` for none, is meant. One with policy variables matches nothing as long
  /// as there is no request.
  public func matches(_ resource: String) -> Bool { match(resource, NoConditionValues()) == .matches }

  /// How a request's resource compares.
  func match(_ resource: String, _ values: some ConditionValues) -> PolicyMatch {
    resource.withUTF8Span { pattern.match($0, values) }
  }
}
