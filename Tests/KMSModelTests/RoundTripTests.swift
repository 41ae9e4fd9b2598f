// What was decoded encodes to the same JSON, for every input and output of the model.

import AWSJSON
import KMSModel
import SmithyCodegen
import Testing

@Suite struct RoundTripTests {
  private let description: KMSDescription

  init() throws {
    description = try KMSDescription()
  }

  @Test func theListOfOperationsIsComplete() {
    #expect(OperationCodec.all.map(\.name) == KMSOperation.allCases.map(\.rawValue))
    #expect(OperationCodec.all.map(\.name).sorted() == description.operations.keys.sorted())
    #expect(OperationCodec.all.count == 54)
    #expect(OperationCodec.all.allSatisfy { $0.target == "TrentService.\($0.name)" })
  }

  @Test(arguments: OperationCodec.all)
  func inputs(operation: OperationCodec) throws {
    let shape = try #require(description.operations[operation.name])
    var values = RandomValues(description, seed: 20_141_101)
    for _ in 0..<60 {
      let value = values.value(shape.input)
      let recoded = try operation.recodeInput(value.bytes)
      #expect(try JSONNode(parsing: recoded, named: operation.name).sorted == value.sorted)
    }
  }

  @Test(arguments: OperationCodec.all)
  func outputs(operation: OperationCodec) throws {
    let shape = try #require(description.operations[operation.name])
    guard shape.output != .unit else {
      #expect(!operation.outputHasBody)
      #expect(try operation.recodeOutput([]) == [])
      return
    }
    #expect(operation.outputHasBody)
    var values = RandomValues(description, seed: 20_141_101)
    for _ in 0..<60 {
      let value = values.value(shape.output)
      let recoded = try operation.recodeOutput(value.bytes)
      #expect(try JSONNode(parsing: recoded, named: operation.name).sorted == value.sorted)
    }
  }

  @Test(arguments: OperationCodec.all)
  func inputsMissWhatIsRequired(operation: OperationCodec) throws {
    let shape = try #require(description.operations[operation.name])
    let required = description.requiredMembers(of: shape.input)
    guard !required.isEmpty else {
      #expect(try operation.recodeInput([]) == Array("{}".utf8))
      return
    }
    let problems = required.map {
      "Value null at '\(SwiftNaming.pathName($0))' failed to satisfy constraint: Member must not be null"
    }
    let detected = "\(required.count) validation error\(required.count == 1 ? "" : "s") detected: "
    #expect(throws: InputError.constraints(message: detected + problems.joined(separator: "; "))) {
      try operation.recodeInput([])
    }
  }

  @Test(arguments: OperationCodec.all)
  func outputsMissWhatIsAlwaysThere(operation: OperationCodec) throws {
    let shape = try #require(description.operations[operation.name])
    guard !description.indispensableMembers(of: shape.output).isEmpty else {
      #expect(throws: Never.self) { try operation.recodeOutput([]) }
      return
    }
    #expect {
      try operation.recodeOutput(Array("{}".utf8))
    } throws: { error in
      guard case .missing(let message)? = error as? OutputDecodingError else { return false }
      return description.indispensableMembers(of: shape.output).allSatisfy {
        message.contains("'\(SwiftNaming.pathName($0))'")
      }
    }
  }

  @Test(arguments: OperationCodec.all)
  func unknownMembersAndNullsAreIgnored(operation: OperationCodec) throws {
    let shape = try #require(description.operations[operation.name])
    var values = RandomValues(description, seed: 7)
    guard case .object(let members) = values.value(shape.input),
      case .structure(let all)? = description.model.shapes[shape.input]?.kind
    else { return }
    let absent = all.map(\.name).filter { name in !members.contains { $0.name == name } }
    let extended = JSONNode.object(
      [.init("Unheard", .array([.object([.init("Of", .null)])]))] + members + absent.map { .init($0, .null) })
    let recoded = try operation.recodeInput(extended.bytes)
    #expect(try JSONNode(parsing: recoded, named: operation.name).sorted == JSONNode.object(members).sorted)
  }
}
