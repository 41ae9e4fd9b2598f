// Whatever the text, parsing ends with a policy or a reason.

import KMSAccess
import KMSDomain
import Testing

@Suite struct PolicyFuzzTests {
  static let seeds = [
    PolicyText.allow(),
    PolicyText.allow(#"{"AWS":["111122223333","*"],"Service":"s3.amazonaws.com"}"#, action: #"["kms:En*","kms:?e"]"#),
    PolicyText.condition(
      #"{"ForAnyValue:StringLikeIfExists":{"kms:EncryptionContext:a":["x*","é"]},"Bool":{"a:b":true}}"#),
    PolicyText.allow(
      resource: #""arn:aws:kms:*:*:key/${a:b, 'x'}""#,
      more: #","Condition":{"StringLike":{"a:b":["${a}*","${*}"]},"ArnLike":{"a:b":"arn:*:*:*:*:${a:b}"}}"#),
    PolicyText.condition(
      #"{"IpAddress":{"a:b":["10.0.0.0/8","::1/64"]},"DateLessThan":{"a:b":"2024-01-01T00:00:00Z"}}"#),
    #"{"Version":"2008-10-17","Id":"i","Statement":{"Sid":"a b","Effect":"Deny","NotPrincipal":"*","NotAction":"*","NotResource":"arn:aws:kms:*:*:key/?"}}"#,
  ]
  static let fragments = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "1e999", "-", "*", "?", "arn:",
    "${a}",
    "\"AWS\"", "\"Statement\"", "\"Effect\"", "kms:", "IfExists", "ForAllValues:", "\u{0}", "é", "😀", " ", "\n",
  ]

  static let query = PolicyQuery(
    action: "kms:Encrypt", resource: "arn:aws:kms:eu-west-1:111122223333:key/x",
    values: FixedValues(["kms:EncryptionContext:a": .strings(["x", "é"]), "a:b": .bool(true)]))

  @Test func mutatedDocuments() throws {
    var random = SeededGenerator(seed: 2_014)
    let account = try #require(AccountID("111122223333"))
    var accepted = 0
    for number in 0..<300 {
      var characters = Array(Self.seeds[number % Self.seeds.count])
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: 0...characters.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: characters.insert(contentsOf: Self.fragments.randomElement(using: &random) ?? "", at: index)
        case 1 where index < characters.count: characters.remove(at: index)
        case 2 where index < characters.count:
          characters[index] = Character(UnicodeScalar(UInt8.random(in: 0x20...0x7E, using: &random)))
        default:
          let part = characters[min(index, characters.count / 2)...].prefix(Int.random(in: 0...40, using: &random))
          characters.insert(contentsOf: part, at: index)
        }
      }
      let text = String(characters)
      do throws(PolicyError) {
        let policy = try KeyPolicy(text, partition: "aws")
        accepted += 1
        _ = policy.evaluate(Self.query, for: nil, roleARN: nil, of: account)
      } catch {
        #expect(!error.description.isEmpty)
      }
      _ = try? IdentityPolicy(text).evaluate(Self.query)
      _ = try? TrustPolicy(text, partition: "aws").evaluate(Self.query, forProvider: "accounts.google.com")
    }
    // The mutations are neither all harmless nor all fatal.
    #expect((3...200).contains(accepted))
  }

  @Test func cutOffDocuments() {
    for seed in Self.seeds {
      for length in 0..<seed.count {
        #expect(throws: PolicyError.notJSON) { try KeyPolicy(String(seed.prefix(length)), partition: "aws") }
      }
    }
  }
}
