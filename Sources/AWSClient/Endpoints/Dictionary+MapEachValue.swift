// `mapValues` with typed errors, which the standard library's does not keep.

extension Dictionary {
  /// The same keys with what `transform` makes of their values.
  func mapEachValue<NewValue, Failure: Error>(
    _ transform: (Value) throws(Failure) -> NewValue
  ) throws(Failure) -> [Key: NewValue] {
    var mapped: [Key: NewValue] = [:]
    mapped.reserveCapacity(count)
    for (key, value) in self { mapped[key] = try transform(value) }
    return mapped
  }
}
