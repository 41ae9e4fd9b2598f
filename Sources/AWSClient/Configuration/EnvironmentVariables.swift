// Variables of the environment: the process's own, or a test's.

internal import SecureMemory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A source of environment variables.
protocol EnvironmentVariables: Sendable {
  /// Lends the value of the variable called `name` to `body`; nil when it is not set.
  func withValue<Result>(of name: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result?
}

extension EnvironmentVariables {
  /// The value of a variable; nil when it is not set or, as AWS tools have it, empty.
  func string(_ name: String) -> String? {
    let text = withValue(of: name) { String(decoding: $0, as: UTF8.self) }
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The value of a variable that is secret, without making it a `String`; nil when it is not set or empty.
  func secret(_ name: String) -> SecretBytes? {
    let secret = withValue(of: name) { SecretBytes(copying: $0) }
    return secret.flatMap { $0.count == 0 ? nil : $0 }
  }
}

/// The environment this process was started with.
struct ProcessEnvironment: EnvironmentVariables {
  func withValue<Result>(of name: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
    guard let value = getenv(name) else { return nil }
    return body(UnsafeRawBufferPointer(start: value, count: strlen(value)))
  }
}
