// The model's enumerations as argument values.

import AWSJSON
import ArgumentParser

extension ExpressibleByArgument where Self: AWSJSONEnumeration {
  /// Any text: a value that this version does not know is the service's to judge.
  init?(argument: String) { self.init(rawValue: argument) }

  /// The values this version knows, for help and completion.
  static var allValueStrings: [String] { allKnown.map(\.rawValue) }
}
