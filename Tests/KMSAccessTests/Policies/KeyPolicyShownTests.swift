// Key policies as they are shown.

import KMSAccess
import Testing

@Suite struct KeyPolicyShownTests {
  @Test(arguments: [
    (PolicyText.allow(#""*""#), PolicyText.allow(#"{"AWS":"*"}"#)),
    (
      #"{"Statement": [{"Principal" :\#n "*", "Id": 1}, {"NotPrincipal":"*"}]}"#,
      #"{"Statement": [{"Principal" :\#n {"AWS":"*"}, "Id": 1}, {"NotPrincipal":{"AWS":"*"}}]}"#
    ),
    (#"{"Sid":"\\","Principal":"*"}"#, #"{"Sid":"\\","Principal":{"AWS":"*"}}"#),
  ])
  func everybody(text: String, shown: String) {
    #expect(KeyPolicy.shown(text) == shown)
  }

  @Test(arguments: [
    PolicyText.allow(), PolicyText.allow(#"{"AWS":"*"}"#), PolicyText.allow(#"{"AWS":["*","111122223333"]}"#),
    // What only looks so.
    PolicyText.allow(more: #","Sid":"\"Principal\":\"*\"""#),
    PolicyText.condition(#"{"StringLike":{"a:Principal":"*"}}"#),
    PolicyText.condition(#"{"StringLike":{"a:\"Principal":"*"}}"#),
    // What was never stored.
    "", "\"Principal", #""Principal""#, #""Principal":"#, "\"\\",
  ])
  func everythingElseStays(text: String) {
    #expect(KeyPolicy.shown(text) == text)
  }
}
