// Which release this is.

/// The version of the package.
enum Version {
  /// Semantic, without a leading `v`.
  static let current = "0.1.0"
}
