// JSON that goes into generated code as data.

import AWSJSON

extension JSONNode {
  /// The value as JSON without insignificant space, its members in their order.
  var compactText: String {
    var writer = JSONWriter()
    write(to: &writer)
    return String(decoding: writer.finish(), as: UTF8.self)
  }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .number(let number):
      if let integer = Int64(exactly: number) { writer.int(integer) } else { writer.double(number) }
    case .wideInteger(let integer): writer.int(integer)
    case .string(let text): writer.string(text)
    case .array(let elements):
      writer.beginArray()
      for element in elements { element.write(to: &writer) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      for member in members {
        writer.key(member.name)
        member.value.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
