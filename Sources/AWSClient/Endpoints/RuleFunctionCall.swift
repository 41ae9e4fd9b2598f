// The functions whose arguments are all set.

/// A function and its arguments.
struct RuleFunctionCall {
  let function: RuleFunction
  let arguments: [EndpointValue]

  /// The function's value; nil when it has none for these arguments.
  func result(_ partitions: Partitions) throws(EndpointRuleError) -> EndpointValue? {
    switch function {
    case .booleanEquals: .boolean(try boolean(0) == boolean(1))
    // Swift's `==` would hold texts to be equal that differ in their bytes.
    case .stringEquals: .boolean(try string(0).utf8.elementsEqual(string(1).utf8))
    case .not: .boolean(try !boolean(0))
    case .isValidHostLabel:
      .boolean(HostName.isValid(try string(0), allowsSubdomains: try boolean(1)))
    case .isVirtualHostableS3Bucket:
      .boolean(HostName.isVirtualHostableBucket(try string(0), allowsSubdomains: try boolean(1)))
    case .partition: partitions.partition(ofRegion: try string(0)).record
    case .parseARN: EndpointValue(arn: try string(0))
    case .parseURL: EndpointValue(url: try string(0))
    case .uriEncode: .string(RuleText.percentEncoded(try string(0)))
    case .substring:
      RuleText.substring(try string(0), from: try integer(1), to: try integer(2), isReversed: try boolean(3))
        .map { .string($0) }
    case .split: .array(try split().map { .string($0) })
    case .coalesce, .isSet, .ite: throw mismatch
    }
  }

  private func split() throws(EndpointRuleError) -> [String] {
    let (delimiter, limit) = (try string(1), try integer(2))
    guard !delimiter.isEmpty, limit >= 0 else {
      throw .invalidRules("split needs a delimiter, and a limit that is not negative")
    }
    return RuleText.split(try string(0), at: delimiter, limit: limit)
  }

  // MARK: Arguments

  private func argument(_ index: Int) throws(EndpointRuleError) -> EndpointValue {
    guard arguments.indices.contains(index) else { throw mismatch }
    return arguments[index]
  }

  private func string(_ index: Int) throws(EndpointRuleError) -> String {
    guard let text = try argument(index).string else { throw mismatch }
    return text
  }

  private func boolean(_ index: Int) throws(EndpointRuleError) -> Bool {
    guard let boolean = try argument(index).boolean else { throw mismatch }
    return boolean
  }

  private func integer(_ index: Int) throws(EndpointRuleError) -> Int {
    guard let integer = try argument(index).integer else { throw mismatch }
    return integer
  }

  private var mismatch: EndpointRuleError {
    .invalidRules("the arguments of \(function.rawValue) are not of its types")
  }
}
