// What is told of a source that gave no credentials.

internal import AWSJSON

extension CredentialsError {
  /// The longest text of a source that is passed on, in bytes.
  private static let textLimit = 256

  /// A source's refusal, in its own words as far as they are safe.
  ///
  /// - Parameters:
  ///   - subject: who refused, or what.
  ///   - code: the refusal's code.
  ///   - message: its text. Only the first line is kept: STS shows the canonical request below it, session token
  ///     included, when a signature does not match.
  ///   - secrets: what was sent in confidence. A message that repeats one of them is not told at all.
  init(reply subject: String, code: String?, message: String?, hiding secrets: [String] = []) {
    var parts = [subject]
    if let code = code.map(Self.line), !code.isEmpty { parts.append(code) }
    if let message, !secrets.contains(where: { Self.repeats($0, in: message) }) {
      let line = Self.line(message)
      if !line.isEmpty { parts.append(line) }
    }
    self.init(parts.joined(separator: ": "))
  }

  /// An exchange that brought no reply.
  init(_ failure: TransportFailure, from subject: String) {
    switch failure {
    case .connection(let error): self.init("\(subject): \(error)")
    case .timeout(let error): self.init("\(subject): \(error)")
    case .cancelled: self = .cancelled
    }
  }

  /// The caller gave up waiting.
  static let cancelled = CredentialsError("cancelled while credentials were awaited")

  /// Whether `message` has the beginning of `secret`; a service may cut off the rest of what it repeats.
  private static func repeats(_ secret: String, in message: String) -> Bool {
    let start = secret.prefix(16)
    return !start.isEmpty && message.contains(start)
  }

  /// The first line of `text`, at most ``textLimit`` bytes, without control characters.
  private static func line(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    var length = 0
    for scalar in text.unicodeScalars.drop(while: \.properties.isWhitespace) {
      length += UTF8.width(scalar)
      guard length <= textLimit, !["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) else { break }
      line.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
    }
    return String(line)
  }
}
