// Text in XML answers.

import Testing

@testable import KMSService

@Suite struct XMLTextTests {
  @Test(arguments: [
    ("plain äö 漢字 🙂", "plain äö 漢字 🙂"),
    ("<a href=\"x\">&amp;", "&lt;a href=&quot;x&quot;&gt;&amp;amp;"),
    // A mark behind a character makes one of the two for Swift, but not for XML.
    ("<\u{301}", "&lt;\u{301}"), ("&\u{200D}", "&amp;\u{200D}"),
    ("\t\n", "\t\n"), ("\r\n", "&#13;\n"),
    ("a\u{0}b\u{1}c\u{B}\u{1F}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}"),
    ("\u{FFFE}\u{FFFF}\u{FFFD}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("", ""),
  ])
  func escaped(text: String, xml: String) {
    #expect(Array(text.xmlEscaped.unicodeScalars) == Array(xml.unicodeScalars))
  }
}
