// The functions of the rule language, by name.

/// A function of Smithy's rules engine, or of AWS's extension of it; `getAttr` is a ``RuleExpression`` of its own.
enum RuleFunction: String, CaseIterable, Sendable {
  case booleanEquals, coalesce, isSet, isValidHostLabel, ite, not, parseURL, split, stringEquals, substring, uriEncode
  case isVirtualHostableS3Bucket = "aws.isVirtualHostableS3Bucket"
  case parseARN = "aws.parseArn"
  case partition = "aws.partition"

  /// How many arguments it takes.
  func takes(_ count: Int) -> Bool {
    switch self {
    case .isSet, .not, .parseURL, .uriEncode, .parseARN, .partition: count == 1
    case .booleanEquals, .isValidHostLabel, .stringEquals, .isVirtualHostableS3Bucket: count == 2
    case .ite, .split: count == 3
    case .substring: count == 4
    case .coalesce: count >= 2
    }
  }
}
