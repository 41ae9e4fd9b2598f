// An environment that a test writes down.

@testable import AWSClient

/// Environment variables from a dictionary.
struct DictionaryEnvironment: EnvironmentVariables, ExpressibleByDictionaryLiteral {
  var values: [String: String]

  init(_ values: [String: String]) {
    self.values = values
  }

  init(dictionaryLiteral elements: (String, String)...) {
    values = Dictionary(elements) { _, last in last }
  }

  func withValue<Result>(of name: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
    values[name].map { value in Array(value.utf8).withUnsafeBytes(body) }
  }
}
