// Policies and requests by chance, of so few words that they often meet.

import KMSAccess

/// Makes statements of policies and requests that they may be about.
struct RandomPolicies {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  static let root = "arn:aws:iam::111122223333:root"
  static let alice = "arn:aws:iam::111122223333:user/alice"
  static let role = "arn:aws:iam::111122223333:role/path/app"
  static let session = "arn:aws:sts::111122223333:assumed-role/app/one"
  static let federated = "arn:aws:sts::111122223333:federated-user/bob"

  /// A condition key, what requests have for it, and what policies compare it with.
  private struct Vocabulary {
    let key: String
    let requests: [String]
    let operators: [String]
    let values: [String]
    var isList = false
  }

  private static let textOperators = [
    "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
  ]
  private static let likeOperators = ["StringLike", "StringNotLike"]
  private static let comparisons = [
    "Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals",
  ]
  private static let texts = [
    "alice", "bob", "Alice", "blue", "", "a*b", "${aws:username}", "${AWS:PrincipalTag/Team}",
    "${aws:PrincipalTag/team, 'blue'}", "${x:none}", "x${aws:username}", "${kms:GrantOperations}", "a${*}b", "${$}",
  ]
  private static let patterns = [
    "*", "a*", "?ob", "*l*", "b*", "a${*}b", "${aws:username}", "*${aws:username}", "${aws:PrincipalTag/team, 'bl*'}",
    "${x:none}*", "??${?}", "*e*${x:none, 'e'}",
  ]
  private static let arns = [
    alice, "arn:aws:iam::*:user/*", "arn:*:iam::111122223333:*", "*", "arn:aws:iam::111122223333:user/${aws:username}",
    "arn:aws:*::??????3333:*/alice", "arn:aws:iam::111122223333:user/${x:none}", session, "arn:aws:iam:*:*:*",
    "arn:aws:${x:none, 'iam'}::111122223333:user/alice", "*:*:*:*:*:*",
  ]
  private static let instants = ["2024-01-01", "2024-01-01T00:00:00Z", "2024-06-01T12:00:00+02:00", "1704067200"]
  private static let names = ["alice", "bob", "Alice", "blue", "", "a*b", "axb", "${$}"]

  private static let vocabulary = [
    Vocabulary(key: "aws:username", requests: names, operators: textOperators, values: texts),
    Vocabulary(key: "aws:PrincipalTag/team", requests: names, operators: likeOperators, values: patterns),
    Vocabulary(key: "kms:ViaService", requests: names, operators: textOperators, values: texts),
    Vocabulary(
      key: "kms:EncryptionContext:Dept", requests: names, operators: textOperators, values: texts, isList: true),
    Vocabulary(key: "kms:GrantOperations", requests: names, operators: textOperators, values: texts, isList: true),
    Vocabulary(key: "aws:TagKeys", requests: names, operators: likeOperators, values: patterns, isList: true),
    Vocabulary(
      key: "kms:RotationPeriodInDays", requests: ["90", "365", "1000", "many"],
      operators: comparisons.map { "Numeric" + $0 }, values: ["90", "365", "365.0", "500", "-1"]),
    Vocabulary(
      key: "aws:CurrentTime", requests: instants + ["soon"], operators: comparisons.map { "Date" + $0 },
      values: instants),
    Vocabulary(
      key: "kms:MultiRegion", requests: ["true", "false", "perhaps"], operators: ["Bool"],
      values: ["true", "false", "False"]),
    Vocabulary(
      key: "aws:SourceIp", requests: ["10.0.0.1", "10.1.2.3", "192.0.2.9", "2001:db8::1", "nowhere"],
      operators: ["IpAddress", "NotIpAddress"],
      values: ["10.0.0.0/8", "10.0.0.0/16", "192.0.2.9", "2001:db8::/32", "0.0.0.0/0", "::/0", "10.1.2.3/9"]),
    Vocabulary(
      key: "aws:PrincipalArn", requests: [alice, session, "nobody", "arn:aws:iam::444455556666:user/bob"],
      operators: ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"], values: arns),
    Vocabulary(
      key: "x:Blob", requests: ["AQID", "AQIE", "AQI=", "%%%%"], operators: ["BinaryEquals"],
      values: ["AQID", "AQI="]),
  ]

  // MARK: Choosing

  private mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }

  private mutating func some(of elements: [String]) -> [String] {
    (0..<one(of: [1, 1, 2, 3])).map { _ in one(of: elements) }
  }

  /// Whether something happens that does so in this many of a hundred cases.
  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  /// One text, or a list.
  private mutating func json(_ texts: [String]) -> String {
    let quoted = texts.map { "\"\($0)\"" }
    return quoted.count == 1 && chance(50) ? quoted[0] : "[\(quoted.joined(separator: ","))]"
  }

  // MARK: Policies

  /// A document of these statements.
  mutating func document(_ statements: [String]) -> String {
    let version = one(of: [#""Version":"2012-10-17","#, #""Version":"2012-10-17","#, #""Version":"2008-10-17","#, ""])
    return Self.document(statements, version: version)
  }

  /// The same document with other statements.
  static func document(_ statements: [String], version: String) -> String {
    "{\(version)\"Statement\":[\(statements.joined(separator: ","))]}"
  }

  /// As many statements in JSON as `range` says, of which so many of a hundred allow.
  mutating func statements(_ range: ClosedRange<Int>, allowing percent: Int, hasPrincipals: Bool) -> [String] {
    (0..<Int.random(in: range, using: &random)).map { _ in
      statement(effect: chance(percent) ? "Allow" : "Deny", hasPrincipals: hasPrincipals)
    }
  }

  private mutating func statement(effect: String, hasPrincipals: Bool) -> String {
    var members = ["\"Effect\":\"\(effect)\""]
    if hasPrincipals { members.append(principals()) }
    if !hasPrincipals || chance(95) {
      let actions = some(of: ["kms:Decrypt", "kms:*", "kms:En*", "KMS:decrypt", "*", "kms:?ncrypt", "s3:*"])
      members.append((chance(80) ? #""Action":"# : #""NotAction":"#) + json(actions))
    }
    if !hasPrincipals || chance(95) {
      let resources = some(of: [
        "*", "*", "arn:aws:kms:eu-west-1:111122223333:key/alice", "arn:aws:kms:*:111122223333:key/*",
        "arn:aws:kms:*:*:key/${aws:username}", "arn:aws:kms:eu-*:*:key/?ob", "arn:aws:kms:*:*:key/${x:none}",
        "arn:aws:kms:*:*:${x:none, 'key'}/${aws:PrincipalTag/team, 'alice'}", "arn:aws:kms:*", "arn:aws:s3:::*",
      ])
      members.append((chance(80) ? #""Resource":"# : #""NotResource":"#) + json(resources))
    }
    if chance(75) { members.append(#""Condition":"# + condition(mayNeedAllValues: !hasPrincipals)) }
    return "{\(members.joined(separator: ","))}"
  }

  private mutating func principals() -> String {
    let name = chance(80) ? #""Principal":"# : #""NotPrincipal":"#
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return name + #""*""#
    case 1: return name + #"{"Service":"s3.amazonaws.com"}"#
    default:
      let names = some(of: [
        "*", "111122223333", Self.root, Self.alice, Self.role, Self.session, Self.federated, "444455556666",
        "arn:aws:iam::111122223333:role/app", "arn:aws:iam::444455556666:role/path/app",
        "arn:aws:iam::111122223333:user/bob",
      ])
      return name + #"{"AWS":"# + json(names) + "}"
    }
  }

  /// A condition. Key policies may not ask of all values of an encryption context.
  private mutating func condition(mayNeedAllValues: Bool) -> String {
    var blocks: [String: [String: String]] = [:]
    for _ in 0..<one(of: [1, 1, 1, 2, 3]) {
      let words = one(of: Self.vocabulary)
      var key = words.key
      var name = one(of: words.operators)
      if chance(8) {
        name = "Null"
      } else if chance(20), !name.hasPrefix("Date") {
        // Any other key, whose values mostly cannot be compared so. An instant has no text that both sides agree on.
        key = one(of: Self.vocabulary.map(\.key).filter { $0 != "aws:CurrentTime" })
      }
      let values = name == "Null" ? ["true", "false"] : words.values
      var prefix = chance(words.isList ? 60 : 15) ? one(of: ["ForAnyValue:", "ForAllValues:"]) : ""
      if !mayNeedAllValues, key.hasPrefix("kms:EncryptionContext:"), prefix == "ForAllValues:" { prefix = "" }
      let suffix = name != "Null" && chance(25) ? "IfExists" : ""
      if chance(20) { key = chance(50) ? key.lowercased() : key.uppercased() }
      let list = some(of: values)
      blocks[prefix + name + suffix, default: [:]][key] = json(list)
    }
    let texts = blocks.sorted { $0.key < $1.key }.map { name, keys in
      let members = keys.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
      return "\"\(name)\":{\(members.joined(separator: ","))}"
    }
    return "{\(texts.joined(separator: ","))}"
  }

  // MARK: Requests

  /// A request as the reference sees it, and what the service's evaluation sees of its values.
  mutating func request() -> (plain: ReferencePolicy.Request, values: FixedValues) {
    var texts: [String: [String]] = [:]
    var values: [String: ConditionValue] = [:]
    for words in Self.vocabulary where chance(75) {
      let count = words.isList ? one(of: [0, 1, 2, 2, 3]) : 1
      let chosen = (0..<count).map { _ in one(of: words.requests) }
      texts[words.key.lowercased()] = chosen
      values[words.key] = count == 1 && chance(80) ? value(chosen[0], of: words.key) : .strings(chosen)
    }
    let (caller, role) = one(of: [
      (Self.root, nil), (Self.alice, nil), (Self.session, Self.role), (Self.session, nil), (Self.federated, nil),
    ])
    let resources = ["alice", "bob", "blue"].map { "arn:aws:kms:eu-west-1:111122223333:key/\($0)" }
    let plain = ReferencePolicy.Request(
      action: one(of: ["kms:Decrypt", "kms:Decrypt", "kms:Encrypt", "kms:PutKeyPolicy"]),
      resource: one(of: resources + ["*"]), values: texts, caller: caller, role: role, account: "111122223333")
    return (plain, FixedValues(values))
  }

  private mutating func value(_ text: String, of key: String) -> ConditionValue {
    guard chance(70) else { return .string(text) }
    switch (key, text) {
    case ("kms:RotationPeriodInDays", _): return Int64(text).map { .integer($0) } ?? .string(text)
    case ("kms:MultiRegion", "true"): return .bool(true)
    case ("kms:MultiRegion", "false"): return .bool(false)
    case ("aws:CurrentTime", "2024-06-01T12:00:00+02:00"): return .instant(1_717_236_000)
    case ("aws:CurrentTime", "soon"): return .string(text)
    case ("aws:CurrentTime", _): return .instant(1_704_067_200)
    default: return .string(text)
    }
  }
}
