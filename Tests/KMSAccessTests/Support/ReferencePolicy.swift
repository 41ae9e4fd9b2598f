// Policies evaluated once more: from their JSON, slowly and plainly, as a second opinion.

import Foundation

/// A policy as JSON, and a request as texts. Nothing of the service's own evaluation is used.
struct ReferencePolicy {
  /// Who asks for what. The values' keys are in lower case.
  struct Request {
    var action: String
    var resource: String
    var values: [String: [String]]
    var caller: String
    var role: String?
    var account: String
  }

  /// The statements that decide, by what they are called.
  struct Answer: Equatable {
    var denied: String?
    var allowed: String?
    var direct: String?
    var way: String?
    var account: String?
  }

  private let statements: [[String: Any]]
  private let hasVariables: Bool

  init(_ text: String) throws {
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    hasVariables = json["Version"] as? String == "2012-10-17"
    statements = json["Statement"] as? [[String: Any]] ?? []
  }

  /// What a policy without principals says.
  func answer(_ request: Request) -> Answer {
    var answer = Answer()
    for (index, statement) in statements.enumerated() where applies(statement, request) {
      let name = Self.name(statement, index)
      if Self.allows(statement) {
        answer.allowed = answer.allowed ?? name
      } else {
        answer.denied = answer.denied ?? name
      }
    }
    return answer
  }

  /// What a policy with principals says.
  func answerForCaller(_ request: Request) -> Answer {
    var answer = Answer()
    for (index, statement) in statements.enumerated() where applies(statement, request) {
      let name = Self.name(statement, index)
      let ways = Self.ways(statement, request)
      if ways.isEmpty { continue }
      if !Self.allows(statement) {
        answer.denied = answer.denied ?? name
        continue
      }
      if ways.contains("account") || ways.contains("root") { answer.account = answer.account ?? name }
      let strong = ways.first { $0 != "account" && $0 != "role" }
      if let strong, answer.way == nil || answer.way == "role" { (answer.direct, answer.way) = (name, strong) }
      if ways.contains("role"), answer.way == nil { (answer.direct, answer.way) = (name, "role") }
    }
    return answer
  }

  private static func name(_ statement: [String: Any], _ index: Int) -> String {
    guard let sid = statement["Sid"] as? String else { return "statement \(index + 1)" }
    return "statement \"\(sid)\""
  }

  private static func allows(_ statement: [String: Any]) -> Bool { statement["Effect"] as? String == "Allow" }

  private static func list(_ value: Any?) -> [String]? {
    if let text = value as? String { return [text] }
    return value as? [String]
  }

  // MARK: Principals

  private static func ways(_ statement: [String: Any], _ request: Request) -> [String] {
    func ways(_ value: Any) -> [String] {
      if value as? String == "*" { return ["anyone"] }
      let names = list((value as? [String: Any])?["AWS"]) ?? []
      return names.compactMap { way($0, request) }
    }
    if let excepted = statement["NotPrincipal"] {
      // To list the account or the role of a caller spares it from no Deny.
      let spared = ways(excepted).filter { allows(statement) || !["account", "role"].contains($0) }
      return spared.isEmpty ? ["anyone"] : []
    }
    return statement["Principal"].map(ways) ?? []
  }

  private static func way(_ name: String, _ request: Request) -> String? {
    if name == "*" { return "anyone" }
    if name == request.account || name == "arn:aws:iam::\(request.account):root" {
      return request.caller.hasSuffix(":root") ? "root" : "account"
    }
    if name.contains(":role/") {
      if let role = request.role { return name == role ? "role" : nil }
      let last = name.components(separatedBy: "/").last ?? ""
      let prefix = "arn:aws:sts::\(name.components(separatedBy: ":")[4]):assumed-role/\(last)/"
      return request.caller.hasPrefix(prefix) ? "role" : nil
    }
    guard name == request.caller else { return nil }
    return name.contains(":user/") ? "user" : "session"
  }

  // MARK: Actions, resources, conditions

  private func applies(_ statement: [String: Any], _ request: Request) -> Bool {
    let isAllow = Self.allows(statement)
    if let actions = Self.list(statement["Action"]) {
      guard actions.contains(where: { Self.isAction($0, request.action) }) else { return false }
    } else if let actions = Self.list(statement["NotAction"]) {
      guard !actions.contains(where: { Self.isAction($0, request.action) }) else { return false }
    } else {
      return false
    }
    if let resources = Self.list(statement["Resource"]) {
      guard resources.contains(where: { arn($0, request.resource, request) == .yes }) else { return false }
    } else if let resources = Self.list(statement["NotResource"]) {
      let found = resources.map { arn($0, request.resource, request) }
      if found.contains(.yes) { return false }
      if found.contains(.unresolved), isAllow { return false }
    } else {
      return false
    }
    for (name, block) in statement["Condition"] as? [String: Any] ?? [:] {
      for (key, value) in block as? [String: Any] ?? [:] {
        guard let values = Self.list(value), condition(name, key, values, request, isAllow: isAllow) else {
          return false
        }
      }
    }
    return true
  }

  private static func isAction(_ pattern: String, _ action: String) -> Bool {
    matches(wildcards(pattern.lowercased())[...], Array(action.lowercased().unicodeScalars)[...])
  }

  private func condition(
    _ name: String, _ key: String, _ policy: [String], _ request: Request, isAllow: Bool
  ) -> Bool {
    let values = request.values[key.lowercased()] ?? []
    var name = name
    let any = name.hasPrefix("ForAnyValue:")
    let all = name.hasPrefix("ForAllValues:")
    name = name.replacingOccurrences(of: "ForAnyValue:", with: "").replacingOccurrences(of: "ForAllValues:", with: "")
    if name == "Null" { return policy.contains(values.isEmpty ? "true" : "false") }
    let ifExists = name.hasSuffix("IfExists")
    if ifExists { name = name.replacingOccurrences(of: "IfExists", with: "") }
    let negated = name.contains("Not")
    name = name.replacingOccurrences(of: "Not", with: "")

    if values.isEmpty {
      guard all || ifExists || (negated && !any) else { return false }
      let isOpen = negated && policy.contains { compare(name, "", $0, request) == .unresolved }
      return isOpen ? !isAllow : true
    }
    let results = values.map { value -> Bool in
      if !Self.canCompare(name, value) { return negated || ifExists ? !isAllow : false }
      let found = policy.map { compare(name, value, $0, request) }
      if !negated { return found.contains(.yes) }
      if found.contains(.yes) { return false }
      return found.contains(.unresolved) ? !isAllow : true
    }
    let needsAll = all || (!any && isAllow)
    return needsAll ? !results.contains(false) : results.contains(true)
  }

  private enum Found { case yes, no, unresolved }

  private static func canCompare(_ name: String, _ value: String) -> Bool {
    if name.hasPrefix("Numeric") { return number(value) != nil }
    if name.hasPrefix("Date") { return seconds(value) != nil }
    if name == "Bool" { return ["true", "false"].contains(value.lowercased()) }
    if name.hasPrefix("Binary") { return Data(base64Encoded: value)?.base64EncodedString() == value }
    if name == "IpAddress" { return bits(value) != nil }
    if name.hasPrefix("Arn") { return value.hasPrefix("arn:") && value.components(separatedBy: ":").count >= 6 }
    return true
  }

  private func compare(_ name: String, _ value: String, _ policy: String, _ request: Request) -> Found {
    switch name {
    case "StringEquals", "StringEqualsIgnoreCase":
      guard let tokens = tokens(policy, wildcards: false, request) else { return .unresolved }
      var text = String(String.UnicodeScalarView(tokens.compactMap(\.scalar)))
      var value = value
      if name.hasSuffix("IgnoreCase") { (text, value) = (text.lowercased(), value.lowercased()) }
      return Array(text.unicodeScalars) == Array(value.unicodeScalars) ? .yes : .no
    case "StringLike":
      guard let tokens = tokens(policy, wildcards: true, request) else { return .unresolved }
      return Self.matches(tokens[...], Array(value.unicodeScalars)[...]) ? .yes : .no
    case "ArnEquals", "ArnLike": return arn(policy, value, request)
    case "Bool": return policy.lowercased() == value.lowercased() ? .yes : .no
    case "BinaryEquals": return Data(base64Encoded: policy) == Data(base64Encoded: value) ? .yes : .no
    case "IpAddress":
      let parts = policy.components(separatedBy: "/")
      guard let range = Self.bits(parts[0]), let address = Self.bits(value), range.count == address.count else {
        return .no
      }
      let length = parts.count == 2 ? Int(parts[1]) ?? 0 : range.count
      return range.prefix(length) == address.prefix(length) ? .yes : .no
    default:
      let isDate = name.hasPrefix("Date")
      guard let bound = isDate ? Self.seconds(policy) : Self.number(policy),
        let number = isDate ? Self.seconds(value) : Self.number(value)
      else { return .no }
      let holds: Bool
      switch name.replacingOccurrences(of: "Numeric", with: "").replacingOccurrences(of: "Date", with: "") {
      case "Equals": holds = number == bound
      case "LessThan": holds = number < bound
      case "LessThanEquals": holds = number < bound || number == bound
      case "GreaterThan": holds = number > bound
      default: holds = number > bound || number == bound
      }
      return holds ? .yes : .no
    }
  }

  // MARK: Patterns

  /// A character of a pattern.
  private struct Token {
    var scalar: Unicode.Scalar?
    var isMany = false
    /// Whether the policy's author wrote it, and not a request.
    var isWritten = true
  }

  private static func wildcards(_ text: String) -> [Token] {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "*": Token(scalar: nil, isMany: true)
      case "?": Token(scalar: nil)
      default: Token(scalar: scalar)
      }
    }
  }

  private static func literals(_ text: String, isWritten: Bool) -> [Token] {
    text.unicodeScalars.map { Token(scalar: $0, isWritten: isWritten) }
  }

  /// The pattern's characters; nil when a variable has no value.
  private func tokens(_ text: String, wildcards: Bool, _ request: Request) -> [Token]? {
    func plain(_ text: String) -> [Token] {
      wildcards ? Self.wildcards(text) : Self.literals(text, isWritten: true)
    }
    guard hasVariables else { return plain(text) }
    let parts = text.components(separatedBy: "${")
    var tokens = plain(parts[0])
    for part in parts.dropFirst() {
      let halves = part.components(separatedBy: "}")
      let inside = halves[0]
      if inside.count == 1 {
        tokens += Self.literals(inside, isWritten: true)
      } else {
        let pieces = inside.components(separatedBy: ", ")
        let values = request.values[pieces[0].lowercased()] ?? []
        if values.count == 1 {
          tokens += Self.literals(values[0], isWritten: false)
        } else if values.isEmpty, pieces.count == 2 {
          tokens += Self.literals(pieces[1].replacingOccurrences(of: "'", with: ""), isWritten: false)
        } else {
          return nil
        }
      }
      tokens += plain(halves.dropFirst().joined(separator: "}"))
    }
    return tokens
  }

  private func arn(_ pattern: String, _ value: String, _ request: Request) -> Found {
    if pattern == "*" { return .yes }
    guard let tokens = tokens(pattern, wildcards: true, request) else { return .unresolved }
    var segments: [[Token]] = [[]]
    for token in tokens {
      if token.scalar == ":", token.isWritten, segments.count < 6 {
        segments.append([])
      } else {
        segments[segments.count - 1].append(token)
      }
    }
    var texts: [[Unicode.Scalar]] = [[]]
    for scalar in value.unicodeScalars {
      if scalar == ":", texts.count < 6 { texts.append([]) } else { texts[texts.count - 1].append(scalar) }
    }
    guard segments.count == 6, texts.count == 6 else { return .no }
    return zip(segments, texts).allSatisfy { Self.matches($0[...], $1[...]) } ? .yes : .no
  }

  private static func matches(_ pattern: ArraySlice<Token>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let token = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    if token.isMany { return matches(rest, text) || (!text.isEmpty && matches(pattern, text.dropFirst())) }
    guard let scalar = text.first, token.scalar == nil || token.scalar == scalar else { return false }
    return matches(rest, text.dropFirst())
  }

  // MARK: Values

  private static func number(_ text: String) -> Double? {
    text.allSatisfy { "0123456789.-".contains($0) } ? Double(text) : nil
  }

  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    if let zone = TimeZone(secondsFromGMT: 0) { calendar.timeZone = zone }
    return calendar
  }()

  /// A number, `YYYY-MM-DD`, or that with a time to the second and `Z` or a whole number of hours.
  private static func seconds(_ text: String) -> Double? {
    if let number = number(text) { return number }
    guard text.dropFirst(4).hasPrefix("-") else { return nil }
    let fields = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard fields.count == 3 || fields.count >= 6 else { return nil }
    var components = DateComponents(year: fields[0], month: fields[1], day: fields[2])
    if fields.count >= 6 { (components.hour, components.minute, components.second) = (fields[3], fields[4], fields[5]) }
    var seconds = calendar.date(from: components)?.timeIntervalSince1970
    if fields.count > 6 { seconds = seconds.map { $0 - Double(fields[6]) * (text.contains("+") ? 3600 : -3600) } }
    return seconds
  }

  /// The bits of an address as text.
  private static func bits(_ text: String) -> String? {
    func digits(_ value: Int, _ count: Int) -> String {
      let digits = String(value, radix: 2)
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    let numbers = text.components(separatedBy: ".").compactMap { Int($0) }
    if numbers.count == 4 { return numbers.map { digits($0, 8) }.joined() }
    let halves = text.components(separatedBy: "::")
    guard halves.count == 2 else { return nil }
    let groups = halves.map { half in half.isEmpty ? [] : half.components(separatedBy: ":") }
    guard groups.joined().allSatisfy({ Int($0, radix: 16) != nil }), groups.joined().count < 8 else { return nil }
    let zeros = [String](repeating: "0", count: 8 - groups[0].count - groups[1].count)
    return (groups[0] + zeros + groups[1]).map { digits(Int($0, radix: 16) ?? 0, 16) }.joined()
  }
}
