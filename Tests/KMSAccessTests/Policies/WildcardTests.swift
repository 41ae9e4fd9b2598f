// Wildcards in actions and resources.

import Testing

@testable import KMSAccess

@Suite struct WildcardTests {
  @Test(arguments: [
    ("", "", true), ("", "a", false), ("*", "", true), ("*", "abc", true), ("a", "a", true), ("a", "b", false),
    ("a*", "a", true), ("a*", "abc", true), ("a*", "ba", false), ("*c", "abc", true), ("*c", "abcd", false),
    ("a*c", "ac", true), ("a*c", "abcbc", true), ("a*c", "abcb", false), ("a?c", "abc", true), ("a?c", "ac", false),
    ("a?c", "aéc", true), ("a??c", "aéc", false), ("?", "€", true), ("??", "€", false), ("*?", "€", true),
    ("*??", "€", false), ("**", "", true), ("?*", "", false), ("*a*b*", "xxaxxbxx", true), ("*a*b*", "xxbxxaxx", false),
    ("*ab", "aab", true), ("*aab", "aaab", true), ("A", "a", false),
  ])
  func matching(pattern: String, text: String, expected: Bool) {
    #expect(WildcardPattern(pattern).matches(text) == expected)
    #expect(WildcardPattern(pattern).matches(text[...]) == expected)
  }

  @Test(arguments: [
    ("*", "kms:Decrypt", true), ("kms:*", "kms:Decrypt", true), ("KMS:decrypt", "kms:Decrypt", true),
    ("kms:GenerateDataKey*", "kms:GenerateDataKeyPair", true), ("kms:GenerateDataKey*", "kms:Decrypt", false),
    ("kms:*crypt", "kms:ReEncrypt", true), ("kms:?ncrypt", "kms:Encrypt", true), ("s3:*", "kms:Decrypt", false),
    ("kms:Decrypt", "kms:DecryptAll", false),
  ])
  func actions(pattern: String, action: String, expected: Bool) throws {
    #expect(try #require(ActionPattern(pattern)).matches(action) == expected)
  }

  @Test(arguments: ["", "kms", "kms:", ":Decrypt", "kms:De crypt", "kms:a:b", "k*s:x", "k_s:x", "kms:Größe", "**"])
  func noActions(text: String) {
    #expect(ActionPattern(text) == nil)
  }

  static let key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  @Test(arguments: [
    ("*", true), (key, true), ("arn:aws:kms:*:111122223333:key/*", true), ("arn:*:kms:*:*:key/*", true),
    ("arn:aws:kms:eu-*:111122223333:key/1234*", true), ("arn:aws:kms:eu-west-1:111122223333:*", true),
    ("arn:aws:kms:eu-west-1:111122223333:key/1234ABCD*", false), ("arn:aws:kms:eu-west-1:111122223333:alias/*", false),
    // A wildcard stays in its segment.
    ("arn:aws:kms:*", false), ("arn:*", false), ("arn:aws:kms:*:key/*", false),
    ("arn:aws:kms:eu-west-1:444455556666:key/*", false),
    // A variable has no value yet.
    ("arn:aws:kms:eu-west-1:111122223333:${aws:username}", false),
  ])
  func resources(pattern: String, expected: Bool) throws {
    #expect(try #require(ResourcePattern(pattern, hasVariables: true)).matches(Self.key) == expected)
  }

  @Test func variablesAreOfTheSecondVersion() throws {
    let text = "arn:aws:kms:eu-west-1:111122223333:${*"
    #expect(try #require(ResourcePattern(text, hasVariables: false)).matches("arn:aws:kms:eu-west-1:111122223333:${a"))
    #expect(ResourcePattern(text, hasVariables: true) == nil)
  }

  @Test(arguments: [
    ("É", "é", true), ("straße", "STRASSE", false), ("ÅNGSTRÖM", "\u{212B}ngström", true), ("k", "\u{212A}", true),
    ("a", "á", false), ("abc", "ABC", true), ("abc", "ABD", false),
  ])
  func caseBeyondASCII(pattern: String, text: String, expected: Bool) {
    #expect(WildcardPattern(pattern, ignoringCase: true).matches(text) == expected)
  }

  @Test func textIsComparedByItsBytes() {
    // One character as one code point and as two: equal as `String`s.
    #expect(!WildcardPattern("\u{E9}").matches("e\u{301}"))
    #expect(!WildcardPattern("\u{E9}*").matches("e\u{301}"))
  }

  @Test(arguments: ["", "key/*", "kms:*", "ARN:aws:kms:*:*:*", "**"])
  func noResources(text: String) {
    #expect(ResourcePattern(text, hasVariables: true) == nil)
  }
}
