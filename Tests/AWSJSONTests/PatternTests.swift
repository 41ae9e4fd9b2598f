// Smithy patterns: what they match, that they match all of a string, and that they do so in linear time.

import AWSJSON
import Testing

@Suite("Patterns")
struct PatternTests {
  /// The patterns of the KMS model, each with strings that match and strings that do not.
  @Test(
    "KMS's own patterns",
    arguments: [
      ("[0-9]{12}", ["123456789012"], ["12345678901", "1234567890123", "12345678901a", "", "１23456789012"]),
      ("^[a-zA-Z0-9:/_-]+$", ["alias/a", "alias/A-b_c:9", "-"], ["", "alias/a b", "alias/é", "a\n", "a."]),
      ("^[a-f0-9]+$", ["00ff", "a"], ["", "0G", "AF"]),
      (
        "cluster-[2-7a-zA-Z]{11,16}", ["cluster-1kps6kcc7vb".replacing("1", with: "2"), "cluster-abcdefghijklmnop"],
        ["cluster-abcdefghij", "cluster-abcdefghijklmnopq", "xcluster-abcdefghijk", "cluster-abcdefghij1", "cluster-"]
      ),
      ("^[a-zA-Z0-9:/_\\s.-]+$", ["a b.c", "a\tb\n", "\u{B}"], ["", "a,b", "a\u{A0}b"]),
      ("[\\u0020-\\u00FF]*", ["", "aé\u{FF} "], ["\u{100}", "a\n", "\u{1F}", "😀"]),
      ("[\\w]+", ["default", "a_9"], ["", "a-b", "é"]),
      ("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", ["{\n\t\"a\": 1\r}", "ÿ"], ["", "\0", "Ā", "\u{B}"]),
      ("^[\\w+=,.@:/-]+$", ["arn:aws:iam::111122223333:user/a+b=c,d.e@f-g"], ["", "a b", "a*"]),
      (
        "^([a-z]+-){2,3}\\d+$", ["us-east-1", "us-gov-west-1", "ap-southeast-12"],
        ["us-1", "a-b-c-d-1", "us-east-", "us-east-1a", "US-east-1", "us--east-1"]
      ),
      ("^[a-zA-Z0-9-_.]+$", ["a-b_c.9", "-"], ["", "a/b", "a+b"]),
      ("^[A-Z2-7]+$", ["ABC234"], ["", "ABC1", "abc"]),
      ("^[a-zA-Z0-9\\/+=]+$", ["a/b+c=="], ["", "a-b", "a\\b"]),
      (
        "^https://[a-zA-Z0-9.-]+$", ["https://a.example-1.com"], ["http://a", "https://", "https://a/b", "https://a:1"]
      ),
      (
        "^(/[a-zA-Z0-9\\/_-]+/kms/xks/v\\d{1,2})$|^(/kms/xks/v\\d{1,2})$",
        ["/kms/xks/v1", "/a/b_c/kms/xks/v12", "/kms/xks/kms/xks/v1"],
        ["", "/kms/xks/v", "/kms/xks/v123", "kms/xks/v1", "/a b/kms/xks/v1", "/kms/xks/v1/"]
      ),
      (
        "^(com|eu)\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+$",
        ["com.amazonaws.vpce.us-east-1.vpce-svc-0a", "eu.amazonaws.vpce.eusc-de-east-1.vpce-svc-1"],
        [
          "com.amazonaws.vpce.us-1.vpce-svc-0a", "comXamazonaws.vpce.us-east-1.vpce-svc-0a",
          "com.amazonaws.vpce.us-east-1.vpce-svc-", "org.amazonaws.vpce.us-east-1.vpce-svc-0a",
        ]
      ),
    ] as [(String, [String], [String])])
  func kms(source: String, matching: [String], others: [String]) throws {
    let pattern = try PatternConstraint(compiling: source)
    #expect(pattern.source == source)
    for text in matching { #expect(pattern.matches(text), "\(text)") }
    for text in others { #expect(!pattern.matches(text), "\(text)") }
  }

  @Test(
    "the supported syntax",
    arguments: [
      ("", [""], ["a"]), ("^$", [""], ["a"]), ("a", ["a"], ["", "b", "aa", "ab", "ba"]),
      ("a|b|", ["a", "b", ""], ["c", "ab"]),
      ("(a|b)*c", ["c", "abac"], ["ab", "d", "cc"]), ("a?b?", ["", "a", "b", "ab"], ["ba", "aa"]),
      ("a{0}", [""], ["a"]),
      ("a{2}", ["aa"], ["a", "aaa"]), ("a{2,}", ["aa", "aaaaa"], ["a"]), ("a{1,3}b", ["ab", "aaab"], ["b", "aaaab"]),
      ("a{0,2}", ["", "aa"], ["aaa"]),
      ("(ab){2,3}", ["abab", "ababab"], ["ab", "abababab", "aba"]), ("a+?b*?", ["a", "aab"], ["b"]),
      ("(?:a|bc)+", ["a", "bca"], ["b", ""]),
      (".", ["a", "😀", "é"], ["", "\n", "\r", "\u{2028}", "ab"]), ("[^a-c]", ["d", "é", "\n"], ["a", "", "dd"]),
      ("[^a]*b", ["b", "xxb"], ["a", "ab"]), ("[a\\]]+", ["a]"], ["b"]), ("[\\-a]+", ["-a"], ["b"]),
      ("[a-]+", ["-a"], ["b"]),
      ("[-a]+", ["-a"], ["b"]), ("[+--]+", ["+,-"], [".", "*"]),
      ("[\\w-.]+", ["a-."], ["a/"]), ("\\d\\D\\w\\W\\s\\S", ["1aa- a", "1éa-\té"], ["aaa- a", "11a- a"]),
      ("[\\D]+", ["aé"], ["a1"]), ("[^\\d\\s]+", ["aé"], ["a1", " "]),
      ("\\.\\*\\$\\^\\(\\)\\[\\]\\{\\}\\|\\?\\+\\\\\\/\\-", [".*$^()[]{}|?+\\/-"], ["a"]),
      ("\\t\\n\\r\\f", ["\t\n\r\u{C}"], ["tnrf"]), ("\\x41\\u00e9", ["Aé"], ["A"]),
      ("[\\uD800\\uDC00-\\uDBFF\\uDFFF]", ["😀", "\u{10000}", "\u{10FFFF}"], ["\u{FFFF}", "a"]),
      ("\\uD83D\\uDE00", ["😀"], ["😁"]),
      (
        "[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*", ["a\té😀\n"],
        ["\0", "\u{FFFE}", "\u{B}"]
      ),
      ("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", ["aé漢 1Ⅷ_.:/=+-@", "", "\u{2003}"], ["a\n", "a!", "😀", "e\u{301}"]),
      ("\\p{Lu}\\p{Ll}\\P{L}", ["Éé1", "Aa-"], ["ÉÉ1", "ééa", "Aaa"]),
      ("[^\\p{L}]", ["1", "-", "\n"], ["a", "漢"]), ("\\p{Nd}+", ["1٣"], ["Ⅷ", "a"]),
      ("\\p{Cc}", ["\0", "\u{85}"], ["a", " "]),
      ("^a|b$", ["a", "b"], ["ab", "ax"]), ("a^b", [], ["ab"]), ("(^a)(b$)", ["ab"], ["a"]),
      ("(a*)*b", ["b", "aab"], ["a"]), ("(a|a)*", ["", "aa"], ["b"]), ("(|a)+", ["", "aa"], ["b"]),
      ("((a){2}){2}", ["aaaa"], ["aaa"]), ("(){5}a", ["a"], [""]), ("é+", ["éé"], ["e\u{301}"]),
      ("(a|b$)*c?", ["aab", "ac", "c"], ["bc", "abab"]), ("}", ["}"], [""]), ("a]", ["a]"], ["a"]),
    ] as [(String, [String], [String])])
  func syntax(source: String, matching: [String], others: [String]) throws {
    let pattern = try PatternConstraint(compiling: source)
    for text in matching { #expect(pattern.matches(text), "\(text)") }
    for text in others { #expect(!pattern.matches(text), "\(text)") }
  }

  @Test(
    "what is not supported is refused, and matches nothing",
    arguments: [
      "(", ")", "a)", "(a", "[", "[a", "[a-", "[b-a]", "[a-\\d]", "[[a]]", "[a&&b]", "*", "+a", "a**", "a+*", "a{1}{2}",
      "a{2,1}", "a{", "a{}", "a{,2}",
      "a{a}", "a{1", "a{999999999999999999999}", "(?=a)", "(?!a)", "(?<n>a)", "(?i)a", "\\1", "\\b", "\\q", "\\",
      "\\x4", "\\xGG", "\\u12", "\\uD800",
      "\\uD800\\u0041", "\\uDC00", "\\p", "\\pL", "\\p{", "\\p{Xx}", "\\p{}", "^*", "$+",
      "((((a{1000}){1000}){1000}){1000}){1000}", "a{50000}b", "a++",
    ])
  func unsupported(source: String) {
    #expect(throws: PatternSyntaxError.self) { try PatternConstraint(compiling: source) }
  }

  @Test("a pattern in generated code that is not supported is fail-closed and can be found out")
  func failClosed() {
    let unsupported = PatternConstraint("(?=a).*")
    #expect(!unsupported.isSupported)
    #expect(!unsupported.matches("a"))
    #expect(!unsupported.matches(""))
    #expect(PatternConstraint("a").isSupported)
    #expect(PatternConstraint("a+").isSupported)
  }

  @Test("deep nesting is refused rather than overflowing the stack")
  func nesting() throws {
    let deep = 10_000
    #expect(throws: PatternSyntaxError.self) {
      try PatternConstraint(compiling: String(repeating: "(", count: deep) + "a" + String(repeating: ")", count: deep))
    }
    #expect(throws: Never.self) {
      try PatternConstraint(compiling: String(repeating: "(", count: 60) + "a" + String(repeating: ")", count: 60))
    }
    #expect(throws: Never.self) { try PatternConstraint(compiling: String(repeating: "(a)|", count: 1000)) }
    #expect(throws: Never.self) { try PatternConstraint(compiling: "((){100000}){100000}") }
  }

  @Test("patterns that ruin backtracking engines stay linear", .timeLimit(.minutes(1)))
  func linear() throws {
    let long = String(repeating: "a", count: 20_000)
    for source in ["(a+)+b", "(a|aa)+b", "(a*)*b", "(.*a){12}b", "^(([a-z])+.)+[A-Z]([a-z])+$"] {
      #expect(try PatternConstraint(compiling: source).matches(long) == false)
    }
    #expect(try PatternConstraint(compiling: "(a+)+b").matches(long + "b"))
  }

  @Test("random small patterns agree with Swift's own engine", arguments: [1, 2, 3] as [UInt64])
  func differential(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var matches = 0
    for _ in 0..<300 {
      let source = Self.pattern(depth: 3, &random)
      let pattern = try PatternConstraint(compiling: source)
      let reference = try Regex(source)
      for _ in 0..<10 {
        let text = String(
          (0..<Int.random(in: 0...6, using: &random)).map { _ in "abc".randomElement(using: &random) ?? "a" })
        let expected = try reference.wholeMatch(in: text) != nil
        #expect(pattern.matches(text) == expected, "\(source) on \(text)")
        if expected { matches += 1 }
      }
    }
    #expect((100...2900).contains(matches))
  }

  private static func pattern(depth: Int, _ random: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 3), using: &random) {
    case 0: return "a"
    case 1: return "[ab]"
    case 2: return "[^b]"
    case 3: return "(?:\(pattern(depth: depth - 1, &random))|\(pattern(depth: depth - 1, &random)))"
    case 4:
      return
        "(?:\(pattern(depth: depth - 1, &random)))\(["*", "+", "?", "{2}", "{1,2}", "{0,3}"].randomElement(using: &random) ?? "*")"
    default: return pattern(depth: depth - 1, &random) + pattern(depth: depth - 1, &random)
    }
  }
}
