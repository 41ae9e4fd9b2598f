// Request quotas as they stand in a configuration: kms, or NAME=RATE, or both.

import KMSOperations

extension RequestQuotas {
  /// The quotas that `settings` ask for: KMS's if `kms` is among them, changed and added to by what is named.
  init(_ settings: [String]) throws(CommandFailure) {
    self = settings.contains("kms") ? .kms : .none
    for setting in settings where setting != "kms" {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let quota = RequestQuotaClass(name: String(parts[0])), let rate = Self.rate(parts[1])
      else {
        let names = RequestQuotaClass.allCases.map(\.name).joined(separator: ", ")
        throw CommandFailure(
          .usage,
          "request-quotas must be kms or NAME=RATE, not '\(setting)'; a rate is a number of requests per second "
            + "from 0.001 to 1000000, and the names are \(names)")
      }
      self[quota] = rate
    }
  }

  /// A rate in plain decimals; other notations of numbers are mistakes more often than not.
  private static func rate(_ text: Substring) -> Double? {
    guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2E }), let rate = Double(text),
      allowedRates.contains(rate)
    else { return nil }
    return rate
  }
}
