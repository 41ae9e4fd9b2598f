// The index of grants finds what a plain search finds.

import FoundationEssentials
import KMSDomain
import Testing

@testable import KMSAccess

@Suite struct GrantIndexTests {
  private static let alice = "arn:aws:iam::111122223333:user/alice"
  private static let usable: [GrantOperation] = [.decrypt, .encrypt, .generateDataKey, .reEncryptFrom, .describeKey]

  // MARK: Parts

  private static func home() throws -> AccountRegion {
    AccountRegion(account: try #require(AccountID("111122223333")), region: try #require(Region("eu-west-1")))
  }

  private static func grant(
    _ id: Int, _ operations: [GrantOperation], equals: [String: String]? = nil, subset: [String: String]? = nil
  ) throws -> Grant {
    let isConstrained = equals != nil || subset != nil
    return Grant(
      id: String(id), keyID: try #require(KeyID("1234abcd-12ab-34cd-56ef-1234567890ab")), home: try home(), name: nil,
      granteePrincipal: alice, retiringPrincipal: nil, operations: operations,
      constraints: isConstrained
        ? GrantConstraints(encryptionContextEquals: equals, encryptionContextSubset: subset) : nil,
      issuingAccount: try home().account, creationDate: Date(timeIntervalSince1970: 0))
  }

  private static func request(
    _ action: String, context: [String: String]? = nil, proposed: AccessDemand.ProposedGrant? = nil
  ) throws -> AccessRequest {
    let key = Key(
      id: try #require(KeyID("1234abcd-12ab-34cd-56ef-1234567890ab")), home: try home(),
      creationDate: Date(timeIntervalSince1970: 0), spec: .symmetricDefault, usage: .encryptDecrypt, origin: .awsKMS,
      description: "", state: .enabled, policy: PolicyText.allow())
    var attributes = RequestAttributes()
    attributes.encryptionContext = context
    return AccessRequest(
      identity: try .named(alice), region: try home().region, origin: RequestOrigin(time: 0),
      demand: AccessDemand(action, on: .key(GuardedKey(key)), attributes, proposedGrant: proposed))
  }

  /// Few keys and values, so that contexts often meet; each has spellings that only look alike.
  private static func context(_ pairs: ClosedRange<Int>, _ generator: inout SeededGenerator) -> [String: String] {
    let keys = [["caf\u{E9}", "cafe\u{301}"], ["\u{212B}", "\u{C5}"], ["app", "App"], ["tenant"]]
    let values = ["a", "A", "\u{E9}", "e\u{301}", ""]
    var context: [String: String] = [:]
    for spellings in keys.shuffled(using: &generator).prefix(Int.random(in: pairs, using: &generator)) {
      guard let key = spellings.randomElement(using: &generator) else { continue }
      context[key] = values.randomElement(using: &generator)
    }
    return context
  }

  private static func constraints(_ generator: inout SeededGenerator) -> GrantConstraints? {
    let equals = Bool.random(using: &generator) ? context(1...3, &generator) : nil
    let subset = Bool.random(using: &generator) ? context(1...2, &generator) : nil
    if equals == nil, subset == nil { return nil }
    return GrantConstraints(encryptionContextEquals: equals, encryptionContextSubset: subset)
  }

  // MARK: The plain search

  private static func bytes(_ context: [String: String]) -> Set<[[UInt8]]> {
    Set(context.map { [Array($0.key.utf8), Array($0.value.utf8)] })
  }

  /// Whether a request with this context meets the constraints, as the rules have it.
  private static func meets(_ constraints: GrantConstraints?, _ context: [String: String]) -> Bool {
    let pairs = bytes(context)
    if let equals = constraints?.encryptionContextEquals, bytes(equals) != pairs { return false }
    if let subset = constraints?.encryptionContextSubset, !bytes(subset).isSubset(of: pairs) { return false }
    return true
  }

  private static func covering(
    _ operation: GrantOperation, _ context: [String: String]?, _ grants: [Grant]
  ) -> Set<String> {
    Set(
      grants.filter { grant in
        grant.operations.contains(operation)
          && (operation == .describeKey || meets(grant.constraints, context ?? [:]))
      }.map(\.id))
  }

  // MARK: Properties

  @Test(arguments: UInt64(0)..<200)
  func findsWhatAPlainSearchFinds(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // Half of the rounds have no grant without constraints, which would cover everything.
    let isConstrained = seed.isMultiple(of: 2)
    var grants: [Grant] = []
    for id in 0..<Int.random(in: 0...12, using: &generator) {
      let operations = Self.usable.filter { _ in Bool.random(using: &generator) }
      var constraints = Self.constraints(&generator)
      while isConstrained, constraints == nil { constraints = Self.constraints(&generator) }
      grants.append(
        try Self.grant(
          id, operations, equals: constraints?.encryptionContextEquals, subset: constraints?.encryptionContextSubset))
    }
    let index = GrantIndex(grants)
    #expect(index.isEmpty == grants.allSatisfy { $0.operations.isEmpty })
    for _ in 0..<24 {
      let operation = try #require(Self.usable.randomElement(using: &generator))
      let context: [String: String]? =
        Int.random(in: 0..<8, using: &generator) == 0 ? nil : Self.context(0...4, &generator)
      let expected = Self.covering(operation, context, grants)
      let found = index.grant(covering: try Self.request(operation.rawValue, context: context))
      if let found {
        #expect(expected.contains(found.id), "\(operation) \(context ?? [:]): \(found)")
      } else {
        #expect(expected.isEmpty, "\(operation) \(context ?? [:]): \(expected) of \(grants)")
      }
    }
  }

  /// Requests whose contexts are made from the constraints, so that many are met, and many missed by one byte.
  @Test(arguments: UInt64(0)..<100)
  func findsWhatIsMetByAHair(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let grants = try (0..<8).map { id in
      let constraints = Self.constraints(&generator)
      return try Self.grant(
        id, [.decrypt], equals: constraints?.encryptionContextEquals ?? ["only": String(id)],
        subset: constraints?.encryptionContextSubset)
    }
    let index = GrantIndex(grants)
    for grant in grants {
      var context = grant.constraints?.encryptionContextEquals ?? [:]
      for round in 0..<3 {
        if round == 1, let key = context.keys.sorted().randomElement(using: &generator) {
          context[key, default: ""] += "\u{301}"
        }
        if round == 2 { context["more"] = "" }
        let expected = Self.covering(.decrypt, context, grants)
        let found = index.grant(covering: try Self.request("Decrypt", context: context))
        #expect(found.map { expected.contains($0.id) } ?? expected.isEmpty, "\(context): \(expected) of \(grants)")
      }
    }
  }

  /// A child that a parent allows lets no request through that the parent does not.
  @Test(arguments: UInt64(0)..<100)
  func childrenAllowNoMoreThanTheirParent(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let constraints = Self.constraints(&generator)
      let parent = try Self.grant(
        0, [.createGrant, .decrypt, .encrypt], equals: constraints?.encryptionContextEquals,
        subset: constraints?.encryptionContextSubset)
      let operations = [GrantOperation.decrypt, .encrypt, .sign].filter { _ in Bool.random(using: &generator) }
      // A parent's own constraints are often its children's.
      let child = AccessDemand.ProposedGrant(
        operations: operations, constraints: Bool.random(using: &generator) ? constraints : Self.constraints(&generator)
      )
      let found = GrantIndex([parent]).grant(covering: try Self.request("CreateGrant", proposed: child))
      if operations.contains(.sign) { #expect(found == nil) }
      if constraints == nil { #expect((found == nil) == operations.contains(.sign)) }
      guard found != nil else { continue }
      for _ in 0..<40 {
        let context = Self.context(0...4, &generator)
        #expect(!Self.meets(child.constraints, context) || Self.meets(constraints, context))
      }
    }
  }

  // MARK: Many grants

  @Test func aThousandExactContexts() throws {
    let grants = try (0..<1000).map { try Self.grant($0, [.decrypt], equals: ["tenant": String($0), "app": "pay"]) }
    let index = GrantIndex(grants.shuffled())
    for number in 0..<1000 {
      let context = ["app": "pay", "tenant": String(number)]
      #expect(index.grant(covering: try Self.request("Decrypt", context: context))?.id == String(number))
    }
    for context in [["tenant": "1"], ["tenant": "1000", "app": "pay"], ["tenant": "1", "app": "pay", "x": "y"], [:]] {
      #expect(index.grant(covering: try Self.request("Decrypt", context: context)) == nil)
    }
    #expect(index.grant(covering: try Self.request("Encrypt", context: ["app": "pay", "tenant": "1"])) == nil)
    // Constraints do not count here, but the operation does.
    #expect(index.grant(covering: try Self.request("DescribeKey")) == nil)
  }

  @Test func aThousandPartsOfContexts() throws {
    // All have a pair in common, which alone tells nothing.
    let grants = try (0..<1000).map { try Self.grant($0, [.decrypt], subset: ["app": "pay", "tenant": String($0)]) }
    let index = GrantIndex(grants.shuffled())
    for number in 0..<1000 {
      let context = ["app": "pay", "tenant": String(number), "more": "x"]
      #expect(index.grant(covering: try Self.request("Decrypt", context: context))?.id == String(number))
    }
    for context in [["tenant": "1"], ["app": "pay"], ["app": "pay", "tenant": "1000"], ["app": "1", "tenant": "pay"]] {
      #expect(index.grant(covering: try Self.request("Decrypt", context: context)) == nil)
    }
  }

  @Test func aThousandGrantsAndOneForEverything() throws {
    var grants = try (0..<999).map { try Self.grant($0, [.decrypt], equals: ["tenant": String($0)]) }
    grants.append(try Self.grant(999, [.decrypt]))
    let index = GrantIndex(grants)
    #expect(index.grant(covering: try Self.request("Decrypt", context: ["other": "x"]))?.id == "999")
    #expect(index.grant(covering: try Self.request("Decrypt"))?.id == "999")
  }

  @Test func aThousandParents() throws {
    let grants = try (0..<1000).map {
      try Self.grant($0, [.createGrant, .decrypt], equals: ["tenant": String($0)])
    }
    let index = GrantIndex(grants)
    for number in [0, 500, 999] {
      let child = AccessDemand.ProposedGrant(
        operations: [.decrypt],
        constraints: GrantConstraints(
          encryptionContextEquals: ["tenant": String(number)], encryptionContextSubset: nil))
      #expect(index.grant(covering: try Self.request("CreateGrant", proposed: child))?.id == String(number))
    }
    let free = AccessDemand.ProposedGrant(operations: [.decrypt], constraints: nil)
    #expect(index.grant(covering: try Self.request("CreateGrant", proposed: free)) == nil)
    // A grant that nobody has described is no child of any.
    #expect(index.grant(covering: try Self.request("CreateGrant")) == nil)
  }

  @Test func noGrants() throws {
    let index = GrantIndex([])
    #expect(index.isEmpty)
    for operation in GrantOperation.allCases {
      #expect(index.grant(covering: try Self.request(operation.rawValue, context: [:])) == nil)
    }
  }

  @Test func actionsThatNoGrantCovers() throws {
    let index = GrantIndex([try Self.grant(0, GrantOperation.allCases)])
    for action in ["PutKeyPolicy", "ScheduleKeyDeletion", "decrypt", "ReEncrypt", ""] {
      #expect(index.grant(covering: try Self.request(action, context: [:])) == nil)
    }
  }
}
