// The forms and queries that STS is asked with. The source under test is compiled into this target: see the Makefile.

private let names = [
  "Action", "Version", "RoleArn", "RoleSessionName", "DurationSeconds", "Policy", "WebIdentityToken", "Tags",
]

func examine(_ input: [UInt8]) {
  let form = try? FormFields(form: input)
  examine(form)
  examine(try? FormFields(queryOf: "/?" + String(decoding: input, as: UTF8.self)))

  // However its characters are encoded, a form says the same.
  let encoded = try? FormFields(form: encoded(input))
  require((form == nil) == (encoded == nil), "encoding a character changes nothing")
  for name in names { require(form?[name] == encoded?[name], "encoding a character changes nothing") }
}

private func examine(_ fields: FormFields?) {
  guard let fields else { return }
  for name in names where fields[name] != nil { require(fields.has(name), "a field that has a value is there") }
  guard let members = try? fields.members(of: "Tags") else { return }
  require(members.isEmpty == !fields.has("Tags") || fields["Tags"] != nil, "a list with members is there")
  require(members == members.sorted() && Set(members).count == members.count, "members are in order, each once")
}

/// `form` with every byte percent-encoded that is neither encoded nor part of the form's own grammar.
private func encoded(_ form: [UInt8]) -> [UInt8] {
  let digits = Array("0123456789abcdef".utf8)
  var result: [UInt8] = []
  var rest = form[...]
  while let byte = rest.popFirst() {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "+"): result.append(byte)
    case UInt8(ascii: "%"):
      result.append(byte)
      // Two digits, or whatever stands in their place.
      for next in rest.prefix(2) { result.append(next) }
      rest = rest.dropFirst(2)
    default:
      result.append(UInt8(ascii: "%"))
      result += [digits[Int(byte >> 4)], digits[Int(byte & 0x0F)]]
    }
  }
  return result
}
