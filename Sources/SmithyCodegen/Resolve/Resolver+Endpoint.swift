// What an operation's model says about the host of its requests.

extension Resolver {
  /// The parts of what the host name begins with, in their order; none when the operation has no such trait.
  ///
  /// Specification: <https://smithy.io/2.0/spec/endpoint-traits.html#endpoint-trait>.
  func hostPrefix(
    _ traits: Traits, input: ResolvedStructure, shape: ShapeID
  ) throws(Refusal) -> [HostPrefixPart] {
    guard let template = traits.hostPrefix, case .structure(let members) = try graph.shape(shape).kind else {
      return []
    }
    func refusal(_ reason: String) -> Refusal {
      Refusal(input.swiftName, "has the host prefix \(template), \(reason)")
    }
    let pieces = template.split(separator: "{", omittingEmptySubsequences: false)
    var parts = pieces.prefix(1).map { HostPrefixPart.text(String($0)) }
    for piece in pieces.dropFirst() {
      let name = piece.prefix { $0 != "}" }
      guard name != piece, members.first(where: { $0.name == name })?.traits.isHostLabel == true,
        let member = input.members.first(where: { $0.wireName == name }), member.value.isHostLabel
      else { throw refusal("whose \(name) is no label among its members") }
      parts += [.label(member), .text(String(piece.dropFirst(name.count + 1)))]
    }
    parts.removeAll { $0 == .text("") }
    for case .text(let text) in parts where !text.utf8.allSatisfy(Self.isInHostName) {
      throw refusal("which no host name can begin with")
    }
    return parts
  }

  private static func isInHostName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}

extension ResolvedValue {
  /// Whether the value can be part of a host name.
  fileprivate var isHostLabel: Bool {
    if case .enumeration = type { true } else { isPlainText }
  }
}
