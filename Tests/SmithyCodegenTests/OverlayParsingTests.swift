// Reading the overlay.

import SmithyCodegen
import Testing

@Suite struct OverlayParsingTests {
  @Test func readsEverything() throws {
    let text = """
      {"names": {"acronyms": ["ID"], "types": {"A": "B"}, "identifiers": {"C": "d"}},
       "corrections": {"sensitive": ["S$M"], "notSensitive": ["S$N"]},
       "errorCorrection": "flags",
       "alwaysPresent": {"S": ["M", "N"]},
       "exactlyOneOf": [{"type": "T", "label": "l", "documentation": "doc", "structures": ["S"], "members": ["M"]}],
       "documentation": {"service": "s", "operations": {"O": "o"}, "structures": {"S": "t"}, "members": {"M": "m"},
         "memberOverrides": {"S$M": "x"}, "enums": {"E": "e"}, "errors": {"F": "f"}}}
      """
    let overlay = try Overlay(parsing: Array(text.utf8), named: "overlay")
    #expect(overlay.acronyms == ["ID"])
    #expect(overlay.typeNames == ["A": "B"])
    #expect(overlay.identifiers == ["C": "d"])
    #expect(overlay.sensitive == ["S$M"])
    #expect(overlay.notSensitive == ["S$N"])
    #expect(overlay.alwaysPresent == ["S": ["M", "N"]])
    #expect(
      overlay.exactlyOneOf
        == [.init(type: "T", label: "l", documentation: "doc", structures: ["S"], members: ["M"])])
    #expect(overlay.errorCorrection == .flags)
    #expect(Overlay().errorCorrection == .none)
    #expect(overlay.documentation.service == "s")
    #expect(overlay.documentation.operations == ["O": "o"])
    #expect(overlay.documentation.structures == ["S": "t"])
    #expect(overlay.documentation.members == ["M": "m"])
    #expect(overlay.documentation.memberOverrides == ["S$M": "x"])
    #expect(overlay.documentation.enums == ["E": "e"])
    #expect(overlay.documentation.errors == ["F": "f"])
  }

  @Test(arguments: [
    (#"{"nmes": {}}"#, "o.nmes: is not known"),
    (#"{"names": {"acronym": []}}"#, "o.names.acronym: is not known"),
    (#"{"corrections": {"secret": []}}"#, "o.corrections.secret: is not known"),
    (#"{"documentation": {"enum": {}}}"#, "o.documentation.enum: is not known"),
    (#"{"names": {"acronyms": [1]}}"#, "o.names.acronyms[0]: is not a string"),
    (#"{"errorCorrection": "some"}"#, "o.errorCorrection: is neither none nor flags nor all"),
    (#"{"alwaysPresent": {"S": "M"}}"#, "o.alwaysPresent.S: is not an array"),
    (#"{"exactlyOneOf": [{}]}"#, "o.exactlyOneOf[0]: has no \"type\""),
  ])
  func refusesWhatItDoesNotKnow(text: String, message: String) {
    #expect { try Overlay(parsing: Array(text.utf8), named: "o") } throws: { error in
      (error as? ParseError)?.description == message
    }
  }
}
