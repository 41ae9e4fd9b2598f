// JSON values that fit a shape: seeded, so that a failure can be repeated.

import Foundation
import SmithyCodegen

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Makes JSON values that keep all constraints of their shapes.
struct RandomValues {
  let description: KMSDescription
  var random: SeededGenerator

  init(_ description: KMSDescription, seed: UInt64) {
    self.description = description
    random = SeededGenerator(seed: seed)
  }

  /// A value of the shape `id`, its optional members present or not, in any order.
  mutating func value(_ id: ShapeID) -> JSONNode {
    guard let shape = description.model.shapes[id] else { return .object([]) }
    switch shape.kind {
    case .structure(let members):
      let required = description.requiredMembers(of: id)
      let chosen = members.filter { required.contains($0.name) || Bool.random(using: &random) }
      return .object(chosen.shuffled(using: &random).map { .init($0.name, value($0.target)) })
    case .list(let member): return .array((0..<count(shape.traits)).map { _ in value(member.target) })
    case .map(_, let member):
      return .object((0..<count(shape.traits)).map { .init("\($0) \(anyText(length: 3))", value(member.target)) })
    case .enumeration(let values):
      return .string(values.randomElement(using: &random)?.value ?? "")
    case .simple(let type): return simple(type, shape.traits)
    default: return .null
    }
  }

  private mutating func simple(_ type: Shape.SimpleType, _ traits: Traits) -> JSONNode {
    switch type {
    case .string: .string(text(traits))
    case .blob:
      .string(Data((0..<count(traits)).map { _ in UInt8.random(in: 0...255, using: &random) }).base64EncodedString())
    case .boolean: .bool(Bool.random(using: &random))
    case .timestamp: .number((Double.random(in: 0..<4_000_000_000, using: &random) * 1000).rounded() / 1000)
    default: .number(Double.random(in: (traits.range?.min ?? -9)...(traits.range?.max ?? 9), using: &random).rounded())
    }
  }

  /// A length that the length trait allows, and not a large one.
  private mutating func count(_ traits: Traits) -> Int {
    let smallest = traits.length?.min ?? 0
    return Int.random(in: smallest...min(traits.length?.max ?? .max, smallest + 5), using: &random)
  }

  private mutating func text(_ traits: Traits) -> String {
    guard let pattern = traits.pattern else { return anyText(length: count(traits)) }
    if let alphabet = Self.alphabets[pattern] {
      let length = max(count(traits), 1)
      return String((0..<length).compactMap { _ in alphabet.randomElement(using: &random) })
    }
    return Self.examples[pattern] ?? ""
  }

  private mutating func anyText(length: Int) -> String {
    String((0..<length).compactMap { _ in "aZ09 /\\\"\n\u{7f}é€𝄞\u{1}".randomElement(using: &random) })
  }

  /// What strings are made of that match a pattern whatever their length.
  private static let alphabets = [
    "[0-9]{12}": "0123456789",
    "^[a-zA-Z0-9:/_-]+$": "abcXYZ019:/_-",
    "^[a-f0-9]+$": "0123456789abcdef",
    "^[a-zA-Z0-9:/_\\s.-]+$": "abcXYZ019:/_ .-",
    "[\\u0020-\\u00FF]*": "abc ÿ~é\"\\",
    "[\\w]+": "abcXYZ_019",
    "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+": "abc ÿ\t\n\r{}\"",
    "^[\\w+=,.@:/-]+$": "abcXYZ_+=,.@:/-",
    "^[a-zA-Z0-9-_.]+$": "abcXYZ019-_.",
    "^[A-Z2-7]+$": "ABCXYZ234567",
    "^[a-zA-Z0-9\\/+=]+$": "abcXYZ019/+=",
  ]

  /// A string that matches, for patterns with a shape of their own.
  private static let examples = [
    "^([a-z]+-){2,3}\\d+$": "us-gov-west-1",
    "cluster-[2-7a-zA-Z]{11,16}": "cluster-2345abcdXYZ",
    "^https://[a-zA-Z0-9.-]+$": "https://proxy.example.com",
    "^(/[a-zA-Z0-9\\/_-]+/kms/xks/v\\d{1,2})$|^(/kms/xks/v\\d{1,2})$": "/example/kms/xks/v1",
    "^(com|eu)\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+$":
      "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0",
  ]
}
