// Generated code for shapes that KMS does not have: documents, sparse and nested collections, recursion, other time
// formats, and members whose names Swift or the generated code itself uses.

import AWSJSON
import Foundation
import SecureMemory
import SmithyCodegen
import Testing

@Suite struct EverythingTests {
  private static let everything = """
    {"Reader":"r","Writer":"w","default":7,"Name":"n","init":true,"Validation":[["a","b"],[]],\
    "mark":{"x":[1,null,"y"]},"WireName":{"one":{"two":{"Children":[{}]}}},"Sparse":["a",null],\
    "SparseMap":{"a":1,"b":null},"Secrets":["s1","s2"],"Times":[1593622000.191],\
    "HttpTime":"Wed, 01 Jul 2020 16:46:40 GMT","Byte":-128,"Long":9007199254740993,"Float":0.5,"Double":1.25,\
    "Tree":{"Children":[{"Children":[{}]}],"Named":{"oak":{}}},"Blobs":["AQI=",""],"Kinds":["class","3D","in"],\
    "KindsByName":{"k":"Type"},"Cells":{"ab":"cd"},"Secret":"hush","KeyId":"key",\
    "IsoTime":"2020-07-01T16:46:40Z"}
    """

  @Test func committedCodeIsWhatWouldBeGenerated() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
    func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: root.appending(path: path))) }
    let generator = try CodeGenerator(
      model: SmithyModel(parsing: bytes("Model/everything.json"), named: "everything.json"),
      overlay: Overlay(parsing: bytes("Model/overlay.json"), named: "overlay.json"),
      sources: ["Tests/GeneratedCodeTests/Model/everything.json", "Tests/GeneratedCodeTests/Model/overlay.json"])
    let folder = OutputFolder(path: root.appending(path: "Generated").path)
    #expect(folder.differences(from: generator.types()) == [])
  }

  @Test func everyTypeOfMemberIsReadAndWrittenBack() throws {
    let input = try PutEverythingInput.decodeInput(Array(Self.everything.utf8))
    #expect(String(decoding: input.encoded(), as: UTF8.self) == Self.everything)
  }

  @Test func membersGetTheirValuesWhateverTheirNames() throws {
    let input = try PutEverythingInput.decodeInput(Array(Self.everything.utf8))
    #expect(input.reader == "r")
    #expect(input.writer == "w")
    #expect(input.default == 7)
    #expect(input.name == "n")
    #expect(input.initValue)
    #expect(input.validation == [["a", "b"], []])
    #expect(input.mark == .object(["x": .array([.integer(1), .null, .string("y")])]))
    #expect(input.wireName?["one"]?["two"]?.children == [Tree()])
    #expect(input.kinds == [.class, ._3d, .in])
    #expect(input.kindsByName == ["k": .type])
    #expect(input.keyID == "key")
  }

  @Test func valuesOfEveryType() throws {
    let input = try PutEverythingInput.decodeInput(Array(Self.everything.utf8))
    #expect(input.sparse == ["a", nil])
    #expect(input.sparseMap == ["a": 1, "b": nil])
    #expect(input.secrets == [SecretBytes("s1".utf8), SecretBytes("s2".utf8)])
    #expect(input.secret == SecretBytes("hush".utf8))
    #expect(input.times == [Date(timeIntervalSince1970: 1_593_622_000.191)])
    #expect(input.httpTime == Date(timeIntervalSince1970: 1_593_622_000))
    #expect(input.isoTime == Date(timeIntervalSince1970: 1_593_622_000))
    #expect(input.byte == -128)
    #expect(input.long == 9_007_199_254_740_993)
    #expect(input.blobs == [[1, 2], []])
    #expect(input.tree?.named == ["oak": Tree()])
  }

  private func message(_ json: String) -> String? {
    do throws(InputError) {
      _ = try PutEverythingInput.decodeInput(Array(json.utf8))
      return nil
    } catch {
      guard case .constraints(let message) = error else { return "\(error)" }
      return message
    }
  }

  @Test func constraintsInsideNestedCollections() {
    #expect(
      message(#"{"Writer": "w", "Name": "n", "init": false, "Validation": [["a"], ["b", ""]]}"#)?
        .contains("Value '' at 'validation.2.member.2.member' failed to satisfy constraint: Member must have length")
        == true)
    #expect(
      message(#"{"Writer": "w", "Name": "n", "init": false, "Cells": {"ab": "C"}}"#)?
        .hasSuffix("failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z]+$") == true)
    #expect(
      message(#"{"Writer": "w", "Name": "n", "init": false, "Double": -0.5}"#)
        == "1 validation error detected: Value '-0.5' at 'double' failed to satisfy constraint: "
        + "Member must have value greater than or equal to 0.0")
    #expect(
      message(#"{"Writer": "w", "Name": "n", "init": false, "Secret": "x"}"#)
        == "1 validation error detected: Value at 'secret' failed to satisfy constraint: "
        + "Member must have length greater than or equal to 2")
  }

  @Test func numbersOutOfTheRangeOfTheirType() {
    #expect {
      try PutEverythingInput.decodeInput(Array(#"{"Writer": "w", "Name": "n", "init": true, "Byte": 128}"#.utf8))
    } throws: { error in
      if case .serialization? = error as? InputError { true } else { false }
    }
  }

  @Test func recursionEndsAtTheReadersDepth() {
    let deep = String(repeating: #"{"Children":["#, count: 100) + "{}" + String(repeating: "]}", count: 100)
    #expect {
      try PutEverythingInput.decodeInput(Array(#"{"Writer": "w", "Name": "n", "init": true, "Tree": \#(deep)}"#.utf8))
    } throws: { error in
      if case .serialization(.tooDeep)? = error as? InputError { true } else { false }
    }
  }

  @Test func answersThatAreMissingWhatIsAlwaysThere() {
    #expect(throws: OutputDecodingError.self) { try PutEverythingOutput.decodeOutput(Array("{}".utf8)) }
    #expect(throws: Never.self) { try PutEverythingOutput.decodeOutput(Array(#"{"Tree": {}, "self": "me"}"#.utf8)) }
  }

  @Test func operationsWithNothing() throws {
    #expect(try DoNothingInput.decodeInput([]) == DoNothingInput())
    #expect(String(decoding: DoNothingInput().encoded(), as: UTF8.self) == "{}")
    #expect(DoNothingOutput().encoded() == [])
  }

  @Test func modeledErrorsTakeThePlaceOfSharedOnes() {
    let reply = ServiceErrorReply(code: "AccessDeniedException", message: nil, requestID: nil, statusCode: 403)
    guard case .accessDenied(let error) = PutEverythingError(reply) else {
      Issue.record("AccessDeniedException is in the model of PutEverything")
      return
    }
    #expect(error == AccessDeniedException(statusCode: 403))
    guard case .accessDenied(let shared) = DoNothingError(reply) else {
      Issue.record("AccessDeniedException is shared by all operations")
      return
    }
    #expect(shared.code == "AccessDeniedException")
  }
}
