// Forms and queries, taken apart strictly.

import Testing

@testable import KMSService

@Suite struct FormFieldsTests {
  @Test(arguments: [
    ("a=1&b=2", ["a": "1", "b": "2"]),
    ("b=2&a=1", ["a": "1", "b": "2"]),
    ("a=", ["a": ""]), ("a", ["a": ""]), ("=a", ["": "a"]), ("", [:]), ("&&a=1&", ["a": "1"]),
    ("a=b=c", ["a": "b=c"]),
    ("a=x+y%2Bz", ["a": "x y+z"]), ("a%3d=%26", ["a=": "&"]),
    ("a=%C3%A9", ["a": "é"]), ("a=é", ["a": "é"]), ("a=%00", ["a": "\0"]),
  ])
  func forms(text: String, values: [String: String]) throws {
    let fields = try FormFields(form: Array(text.utf8))
    for (name, value) in values { #expect(fields[name] == value) }
    #expect(fields["absent"] == nil)
  }

  @Test(arguments: [
    ("a=%", FormFields.Malformation.encoding), ("a=%4", .encoding), ("a=%4g", .encoding), ("%=1", .encoding),
    ("a=%+1", .encoding), ("a=%FF", .encoding), ("a=%C3", .encoding), ("a=%ED%A0%80", .encoding),
    ("a=1&a=1", .repeated), ("a=1&%61=2", .repeated), ("Action=x&b&Action", .repeated),
  ])
  func malformed(text: String, malformation: FormFields.Malformation) {
    #expect(throws: malformation) { try FormFields(form: Array(text.utf8)) }
    #expect(throws: malformation) { try FormFields(queryOf: "/?" + text) }
  }

  @Test func fieldsAreCounted() throws {
    func form(_ count: Int) -> [UInt8] { Array((0..<count).map { "f\($0)=" }.joined(separator: "&").utf8) }
    _ = try FormFields(form: form(FormFields.maximumCount))
    #expect(throws: FormFields.Malformation.tooMany) { try FormFields(form: form(FormFields.maximumCount + 1)) }
    #expect(throws: FormFields.Malformation.tooMany) { try FormFields(form: form(100_000)) }
  }

  @Test func queriesAreReadAsTheyAreSigned() throws {
    let fields = try FormFields(
      queryOf: "/?Action=GetCallerIdentity&x=1+2&X-Amz-Signature=ff&X-Amz-Expires=60")
    #expect(fields["Action"] == "GetCallerIdentity")
    #expect(fields["x"] == "1+2")
    #expect(fields["X-Amz-Signature"] == nil)
    #expect(try FormFields(queryOf: "/")["x"] == nil)
  }

  @Test func listsAreInTheOrderOfTheirNumbers() throws {
    let form = "T.member.10.Key=j&T.member.2.Key=b&T.member.2.Value=v&Tx.member.3=n&T=&K.member.1=a"
    let fields = try FormFields(form: Array(form.utf8))
    #expect(try fields.members(of: "T") == [2, 10])
    #expect(try fields.members(of: "K") == [1])
    #expect(try fields.members(of: "none") == [])
    #expect(fields.has("T") && fields.has("Tx") && !fields.has("x"))
  }

  @Test(arguments: ["T.member.0.Key", "T.member.01.Key", "T.member.-1.Key", "T.member.x", "T.1.Key", "T.member", "T."])
  func listsThatAreNone(name: String) throws {
    let fields = try FormFields(form: Array("\(name)=1".utf8))
    #expect(throws: FormFields.Malformation.encoding) { try fields.members(of: "T") }
  }
}
