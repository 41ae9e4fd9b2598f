// Generated code for what models beside KMS's have: unions, enums of numbers, structures inside themselves, defaults,
// errors with members, host prefixes, idempotency tokens.

import AWSJSON
import Foundation
import SecureMemory
import Testing

@Suite struct StoreTests {
  private func input(_ members: String) throws(InputError) -> CreateStoreInput {
    try CreateStoreInput.decodeInput(Array(#"{"Zone":"z",\#(members)}"#.utf8))
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Unions

  static let rules: [(String, Rule)] = [
    (#"{"always":{}}"#, .always),
    (#"{"not":{"always":{}}}"#, .not(.always)),
    (#"{"all":[{"size":1},{"not":{"size":2}}]}"#, .all([.size(1), .not(.size(2))])),
    (#"{"named":{"a":{"all":[]}}}"#, .named(["a": .all([])])),
    (#"{"secret":"hush"}"#, .secret(SecretBytes("hush".utf8))),
    (#"{"holder":{"Rule":{"size":3}}}"#, .holder(RuleHolder(rule: .size(3)))),
    (#"{"unknown":true}"#, .unknownValue(true)),
  ]

  @Test("a union is read and written back", arguments: rules)
  func unions(json: String, rule: Rule) throws {
    let input = try input(#""Rule":\#(json)"#)
    #expect(input.rule == rule)
    #expect(text(input.encoded()) == #"{"Zone":"z","Rule":\#(json)}"#)
  }

  @Test("null members and the type's name count as absent in a union")
  func absentMembers() throws {
    let rule = try input(#""Rule":{"__type":"example#Rule","all":null,"size":5,"not":null}"#).rule
    #expect(rule == .size(5))
  }

  @Test("a union's member that nobody knows is kept by its name")
  func unknownMember() throws {
    let output = try CreateStoreOutput.decodeOutput(
      Array(#"{"Id":"i","Rule":{"weekday":{"is":[1,2]}},"Settings":{}}"#.utf8))
    #expect(output.rule == .unknown("weekday"))
  }

  @Test(
    "a union with two members is malformed, known or not",
    arguments: [
      #"{"size":1,"all":[]}"#, #"{"size":1,"weekday":2}"#, #"{"size":1,"size":2}"#,
    ])
  func twoMembers(json: String) {
    #expect(throws: InputError.serialization(.ambiguousUnion(offset: 19))) { try input(#""Rule":\#(json)"#) }
  }

  @Test(
    "a server refuses a union without a member, a client takes it for absent", arguments: ["{}", #"{"size":null}"#])
  func noMember(json: String) throws {
    #expect(
      throws: InputError.constraints(
        message: "1 validation error detected: Value null at 'rule' failed to satisfy constraint: "
          + "Member must not be null")
    ) { try input(#""Rule":\#(json)"#) }
    let holder = try RuleHolder.decodeOutput(Array(#"{"Rule":\#(json)}"#.utf8))
    #expect(holder == RuleHolder())
  }

  @Test("constraints of a union's member name its place")
  func constraints() {
    #expect(
      throws: InputError.constraints(
        message: "1 validation error detected: Value '0' at 'rule.all.2.member.size' failed to satisfy constraint: "
          + "Member must have value greater than or equal to 1")
    ) { try input(#""Rule":{"all":[{"size":1},{"size":0}]}"#) }
  }

  // MARK: Enums and numbers

  @Test("an enum of numbers keeps the ones it does not know")
  func numbers() throws {
    let settings = try Settings.decodeOutput(Array(#"{"Level":7}"#.utf8))
    #expect(settings.level == Level(rawValue: 7))
    #expect(!settings.level.isKnown)
    #expect(try input(#""Level":1,"Levels":[2,1]"#).levels == [.high, .low])
    #expect(
      throws: InputError.constraints(
        message: "1 validation error detected: Value '7' at 'level' failed to satisfy constraint: "
          + "Member must satisfy enum value set: [1, 2]")
    ) { try input(#""Level":7"#) }
  }

  @Test("numbers of any size and precision are kept as they are written")
  func bigNumbers() throws {
    let json = #"{"Zone":"z","Amount":-0.10000000000000000000000000001e+3,"Count":123456789012345678901234567890}"#
    let input = try CreateStoreInput.decodeInput(Array(json.utf8))
    #expect(input.amount == JSONNumber("-0.10000000000000000000000000001e+3"))
    #expect(text(input.encoded()) == json)
  }

  @Test("what is no JSON number is none", arguments: ["", "1x", "01", "+1", "1.", ".5", "1e", "NaN", " 1", "٣"])
  func malformedNumbers(text: String) {
    #expect(JSONNumber(text) == nil)
  }

  @Test("a range need not be of whole numbers")
  func fractionalRange() throws {
    #expect(try input(#""Share":0.5"#).share == 0.5)
    #expect(throws: InputError.self) { try input(#""Share":0.49"#) }
  }

  @Test("maps by an enum's values, of which one has no name of its own")
  func enumKeys() throws {
    let input = try input(#""LimitsByTier":{"*":1,"gold":2,"unknown":3}"#)
    #expect(input.limitsByTier == [Tier.any.rawValue: 1, Tier.gold.rawValue: 2, Tier.unknownValue.rawValue: 3])
  }

  // MARK: Recursion

  @Test("a structure that holds itself, also by way of another")
  func recursion() throws {
    let json = #"{"Zone":"z","Chain":{"Name":"a","Next":{"Name":"b"},"Link":{"Chain":{"Name":"c"}}}}"#
    var input = try CreateStoreInput.decodeInput(Array(json.utf8))
    #expect(input.chain == Chain(name: "a", next: Chain(name: "b"), link: Link(chain: Chain(name: "c"))))
    #expect(text(input.encoded()) == json)
    let before = input.chain
    input.chain?.next?.name = "changed"
    #expect(before?.next?.name == "b")
    #expect(input.chain?.next?.name == "changed")
  }

  @Test("recursion ends at the reader's depth")
  func depth() {
    let deep = String(repeating: #"{"not":"#, count: 100) + #"{"always":{}}"# + String(repeating: "}", count: 100)
    #expect {
      try input(#""Rule":\#(deep)"#)
    } throws: { error in
      if case .serialization(.tooDeep)? = error as? InputError { true } else { false }
    }
  }

  // MARK: Defaults

  @Test("members inside structures have their defaults, also those of mixins and of an applied trait")
  func defaults() throws {
    let settings = Settings()
    #expect(settings.title == "untitled")
    #expect(settings.since == Date(timeIntervalSince1970: 1_577_836_800))
    #expect(settings.level == .high)
    #expect(settings.seal == Array("abc".utf8))
    #expect(settings.hidden == SecretBytes("shh".utf8))
    #expect(settings.options == .object([:]))
    #expect(settings.names == [])
    #expect(settings.nested == nil)
    #expect(Nested().kind == .in)
    #expect(try Settings.decodeOutput(Array("{}".utf8)) == settings)
    #expect(try Settings.decodeOutput(Array(#"{"Title":null,"Names":null}"#.utf8)) == settings)
    #expect(
      text(settings.encoded())
        == #"{"Title":"untitled","Since":"2020-01-01T00:00:00Z","Level":2,"Seal":"YWJj","Hidden":"shh","Options":{},"#
        + #""Names":[]}"#)
  }

  @Test("what is given wins over a default")
  func givenValues() throws {
    let settings = try Settings.decodeOutput(Array(#"{"Title":"t","Level":1,"Seal":"","Names":["n"]}"#.utf8))
    #expect(settings == Settings(title: "t", level: .low, seal: [], names: ["n"]))
  }

  @Test("an input's own default is the service's to fill in")
  func inputDefaults() throws {
    let input = CreateStoreInput(zone: "z")
    #expect(input.retries == nil)
    #expect(text(input.encoded()) == #"{"Zone":"z"}"#)
  }

  @Test("what is optional for clients has no default and need not be there")
  func optionalDefaults() throws {
    let output = try CreateStoreOutput.decodeOutput(Array(#"{"Id":"i","Rule":{"always":{}},"Settings":{}}"#.utf8))
    #expect(output == CreateStoreOutput(id: "i", rule: .always, settings: Settings(), open: false, rank: nil))
    #expect(throws: OutputDecodingError.self) { try CreateStoreOutput.decodeOutput(Array(#"{"Id":"i"}"#.utf8)) }
  }

  // MARK: Errors

  private func reply(_ body: String, header: [String: String] = [:]) -> ServiceErrorReply {
    ServiceErrorReply(statusCode: 409, body: Array(body.utf8)) { header[$0] }
  }

  @Test("an error has what the service put beside the message")
  func errorMembers() {
    let body = #"""
      {"__type":"example#StoreConflictException","message":"m","Code":"C1","Rule":{"size":2},"Since":12.5,"Names":["n"]}
      """#
    guard case .storeConflict(let error) = CreateStoreError(reply(body, header: ["x-amzn-requestid": "r"])) else {
      Issue.record("StoreConflictException is in the model of CreateStore")
      return
    }
    #expect(
      error
        == StoreConflictException(
          message: "m", requestID: "r", statusCode: 409, codeValue: "C1", rule: .size(2),
          since: Date(timeIntervalSince1970: 12.5), names: ["n"]))
    #expect(error.code == "StoreConflictException")
  }

  @Test(
    "what cannot be read in an error does not hide the error",
    arguments: [
      #"{"__type":"StoreConflictException","Code":"C1","Names":"none"}"#, #"{"__type":"StoreConflictException"}"#,
    ])
  func unreadableMembers(body: String) {
    guard case .storeConflict(let error) = CreateStoreError(reply(body)) else {
      Issue.record("StoreConflictException is in the model of CreateStore")
      return
    }
    #expect(error == StoreConflictException(statusCode: 409))
  }

  @Test("an error by the code that the Query protocol has for it")
  func queryErrors() {
    let reply = reply("{}", header: ["x-amzn-query-error": "Store.Conflict;Sender"])
    #expect(reply.queryError == ServiceErrorReply.QueryError(code: "Store.Conflict", fault: "Sender"))
    guard case .storeConflict = CreateStoreError(reply) else {
      Issue.record("Store.Conflict is StoreConflictException")
      return
    }
    let named = self.reply(
      #"{"__type":"BusyException"}"#, header: ["x-amzn-query-error": "Store.Conflict"])
    #expect(named.code == "BusyException")
    #expect(named.queryError == ServiceErrorReply.QueryError(code: "Store.Conflict", fault: nil))
    #expect(self.reply("{}", header: ["x-amzn-query-error": ";Sender"]).queryError == nil)
  }

  @Test("which errors may pass by themselves")
  func retryability() {
    #expect(CreateStore.retryability(ofErrorCode: "StoreConflictException") == .transient)
    #expect(CreateStore.retryability(ofErrorCode: "Store.Conflict") == .transient)
    #expect(ListShelves.retryability(ofErrorCode: "BusyException") == .throttling)
    #expect(CreateStore.retryability(ofErrorCode: "AccessDeniedException") == nil)
    #expect(BusyException.retryability == .throttling)
    #expect(AccessDeniedException.retryability == nil)
  }

  // MARK: Requests

  @Test("labels of the input become part of the host name")
  func hostPrefix() throws {
    #expect(try CreateStore.hostPrefix(for: CreateStoreInput(zone: "z-1", tier: .gold)) == "store.z-1-gold.")
    #expect(try ListShelves.hostPrefix(for: ListShelvesInput()) == nil)
  }

  @Test(
    "what is no label of a host name is refused",
    arguments: [
      "", "a.b", "evil.example/", "-a", "a-", "a b", "é", "a@b", "a:1", String(repeating: "a", count: 64),
    ])
  func hostLabels(zone: String) {
    #expect(throws: HostLabelError(member: "Zone")) {
      try CreateStore.hostPrefix(for: CreateStoreInput(zone: zone, tier: .gold))
    }
    #expect(throws: HostLabelError(member: "Tier")) { try CreateStore.hostPrefix(for: CreateStoreInput(zone: "z")) }
  }

  @Test("idempotency tokens are random UUIDs, where the caller gives none")
  func idempotencyTokens() throws {
    var input = CreateStoreInput(zone: "z")
    CreateStore.addIdempotencyTokens(to: &input)
    let token = try #require(input.clientToken)
    #expect(token.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    CreateStore.addIdempotencyTokens(to: &input)
    #expect(input.clientToken == token)
    #expect(IdempotencyToken.random() != token)
    var chosen = CreateStoreInput(zone: "z", clientToken: "mine")
    CreateStore.addIdempotencyTokens(to: &chosen)
    #expect(chosen.clientToken == "mine")
  }

  @Test("which operations take compressed requests")
  func compression() {
    #expect(CreateStore.compressesRequest)
    #expect(!ListShelves.compressesRequest)
  }
}
