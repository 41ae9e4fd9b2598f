// To what a statement says it is done.

/// A resource of a policy: `*`, or an ARN whose six segments may hold wildcards.
///
/// A wildcard does not reach beyond its segment; in the last one it may span slashes and colons.
public enum ResourcePattern: Hashable, Sendable {
  /// Everything.
  case anything
  /// An ARN, segment by segment.
  case arn([WildcardPattern])
  /// An ARN with policy variables, which have no value before there is a request: it matches nothing by itself.
  case template(String)

  /// Nil unless `text` is `*` or starts as an ARN does; `hasVariables` says whether `${…}` means something in it.
  init?(_ text: String, hasVariables: Bool) {
    if text == "*" {
      self = .anything
    } else if !text.hasPrefix("arn:") {
      return nil
    } else if hasVariables, text.contains("${") {
      self = .template(text)
    } else {
      self = .arn(Self.segments(text).map { WildcardPattern($0) })
    }
  }

  /// Whether the resource with this ARN, or `*` for none, is meant.
  public func matches(_ resource: String) -> Bool {
    switch self {
    case .anything: return true
    case .template: return false
    case .arn(let patterns):
      let segments = Self.segments(resource)
      return segments.count == patterns.count && zip(patterns, segments).allSatisfy { $0.matches($1) }
    }
  }

  private static func segments(_ arn: String) -> [Substring] {
    arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
  }
}
