// What a request has for condition keys, written down.

import KMSAccess

/// Values by the names of their keys.
struct FixedValues: ConditionValues {
  private let values: [ConditionKey: ConditionValue]

  init(_ values: [String: ConditionValue]) {
    self.values = Dictionary(uniqueKeysWithValues: values.map { (ConditionKey($0.key), $0.value) })
  }

  func value(of key: ConditionKey) -> ConditionValue? { values[key] }
}
