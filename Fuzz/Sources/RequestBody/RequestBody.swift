// Bodies of requests and answers: every operation's input and output, and JSON of any shape.
// The first byte picks what the rest is read as.

import AWSJSON
import KMSModel

func examine(_ input: [UInt8]) {
  guard let choice = input.first else { return }
  let body = Array(input.dropFirst())
  let operations = KMSOperation.allCases
  switch Int(choice) {
  case let number where number < operations.count:
    let type = operations[number].type
    examineInput(type, body)
  case let number where number < 2 * operations.count:
    let type = operations[number - operations.count].type
    examineOutput(type, body)
  default:
    examineDocument(body)
  }
}

/// What the server reads.
private func examineInput<Operation: AWSJSONOperation>(_: Operation.Type, _ body: [UInt8]) {
  let value: Operation.Input
  do throws(InputError) {
    value = try Operation.Input.decodeInput(body)
  } catch {
    switch error {
    case .serialization(let error): require(!error.description.isEmpty, "an unreadable body has a text")
    case .constraints(let message):
      require(message.contains(" detected: "), "violated constraints are counted and listed")
    }
    return
  }
  let written = value.encoded()
  let again = mustSucceed("an input that was written can be read") { () throws(InputError) in
    try Operation.Input.decodeInput(written)
  }
  // Times are written in milliseconds, so the first writing may round; nothing after it does.
  require(again.encoded() == written, "an input is written alike each time")
  if Operation.self != ImportKeyMaterial.self { require(again == value, "an input survives writing and reading") }
}

/// What the client reads.
private func examineOutput<Operation: AWSJSONOperation>(_: Operation.Type, _ body: [UInt8]) {
  guard Operation.Output.hasBody, let value = try? Operation.Output.decodeOutput(body) else { return }
  let written = value.encoded()
  let again = mustSucceed("an output that was written can be read") { () throws(OutputDecodingError) in
    try Operation.Output.decodeOutput(written)
  }
  require(again.encoded() == written, "an output is written alike each time")
}

private func examineDocument(_ body: [UInt8]) {
  func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try reader.readDocument()
    try reader.finish()
    return value
  }
  func skip(_ bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    try reader.skipValue()
    try reader.finish()
  }
  guard let value = try? read(body) else { return }
  mustSucceed("a value that can be read can be skipped") { () throws(JSONError) in try skip(body) }
  var writer = JSONWriter()
  writer.document(value)
  let written = writer.finish()
  let again = mustSucceed("a value that was written can be read") { () throws(JSONError) in try read(written) }
  require(again == value, "a value survives writing and reading")
}
