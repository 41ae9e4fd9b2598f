// JSON texts, equal when they mean the same.

internal import AWSJSON

/// What a text is in JSON. Texts that are not JSON are equal to nothing, not even to themselves.
struct JSONText: Equatable {
  private let value: JSONValue?

  init(_ bytes: [UInt8]) {
    var reader = JSONReader(bytes)
    let value = try? reader.readDocument()
    self.value = (try? reader.finish()) == nil ? nil : value
  }

  static func == (left: JSONText, right: JSONText) -> Bool {
    guard let left = left.value, let right = right.value else { return false }
    return areSame(left, right)
  }

  private static func areSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.integer(let integer), .number(let number)), (.number(let number), .integer(let integer)):
      Int64(exactly: number) == integer
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy(areSame)
    case (.object(let left), .object(let right)):
      left.count == right.count && left.allSatisfy { name, value in right[name].map { areSame($0, value) } ?? false }
    default: left == right
    }
  }
}
