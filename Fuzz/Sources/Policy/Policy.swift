// Policy documents: what account owners send to PutKeyPolicy and CreateKey, and operators write for identities.

import KMSAccess
import KMSDomain

private let account = AccountID("111122223333")
private let caller = PrincipalARN("arn:aws:iam::111122223333:user/path/u")
private let query = PolicyQuery(
  action: "kms:Decrypt",
  resource: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", values: SomeValues())

func examine(_ input: [UInt8]) {
  let text = String(decoding: input, as: UTF8.self)
  let respaced = respaced(text)
  let key = read(text) { text throws(PolicyError) in try KeyPolicy(text, partition: "aws") }
  require(
    key == read(respaced) { text throws(PolicyError) in try KeyPolicy(text, partition: "aws") },
    "white space means nothing in a key policy")
  let identity = read(text, IdentityPolicy.init)
  require(identity == read(respaced, IdentityPolicy.init), "white space means nothing in an identity policy")
  require(key == nil || identity == nil, "no text is a policy of both kinds")
  if let key { examine(key) }
  if let identity {
    require(!identity.statements.isEmpty, "a policy says something")
    _ = identity.evaluate(query)
  }
  if let trust = read(text, { text throws(PolicyError) in try TrustPolicy(text, partition: "aws") }), let account {
    _ = trust.evaluate(query, for: caller, roleARN: nil, of: account)
    _ = trust.evaluate(query, forProvider: "accounts.google.com")
  }
}

private func examine(_ policy: KeyPolicy) {
  require(!policy.statements.isEmpty, "a policy says something")
  guard let account else { return }
  let verdict = policy.evaluate(query, for: caller, roleARN: nil, of: account)
  let isDenied = policy.statements.contains { $0.effect == .deny }
  let isAllowed = policy.statements.contains { $0.effect == .allow }
  require(verdict.deniedBy == nil || isDenied, "only Deny denies")
  require(verdict.direct == nil && verdict.account == nil || isAllowed, "only Allow allows")
  // Nobody is named by the policy but through what he is.
  let stranger = policy.evaluate(query, for: nil, roleARN: nil, of: account)
  require(stranger.direct == nil || verdict.direct != nil || verdict.account != nil, "a stranger is allowed no more")
}

/// Nil for text that is refused, which has a reason in words.
private func read<Policy>(_ text: String, _ parse: (String) throws(PolicyError) -> Policy) -> Policy? {
  do throws(PolicyError) {
    return try parse(text)
  } catch {
    require(!error.description.isEmpty, "a refusal has a text")
    return nil
  }
}

/// A request that has something for most keys, of every kind.
private struct SomeValues: ConditionValues {
  func value(of key: ConditionKey) -> ConditionValue? {
    guard case .named(let name) = key else { return .string("value") }
    return switch ConditionKey.Name.allCases.firstIndex(of: name).map({ $0 % 6 }) {
    case 0: .string("arn:aws:iam::111122223333:user/path/u")
    case 1: .strings(["one", "two", "*"])
    case 2: .integer(42)
    case 3: .bool(true)
    case 4: .instant(1_700_000_000.5)
    default: nil
    }
  }
}

/// `text` with white space around everything that JSON has between strings.
private func respaced(_ text: String) -> String {
  var spaced: [UInt8] = []
  var isInString = false
  var isEscaped = false
  for byte in text.utf8 {
    let isStructural = !isInString && "{}[]:,".utf8.contains(byte)
    if isStructural { spaced += " \n".utf8 }
    spaced.append(byte)
    if isStructural { spaced += "\t\r\n ".utf8 }
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\"") {
      isInString.toggle()
    } else if byte == UInt8(ascii: "\\"), isInString {
      isEscaped = true
    }
  }
  return String(decoding: spaced, as: UTF8.self)
}
