// Text as bytes: policies compare bytes, for two spellings of one character are equal as `String`s.

extension StringProtocol {
  /// Calls `body` with the text in UTF-8, which is not copied if it already lies in memory so.
  func withUTF8Span<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    utf8.withContiguousStorageIfAvailable { body($0.span) } ?? body(Array(utf8).span)
  }
}
