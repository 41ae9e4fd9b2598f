// Addresses that keys may be fetched from.

/// The address of a key set: `https`, or `http` on this machine, where nobody in between can send other keys.
struct KeySetAddress: Hashable, Sendable {
  /// The whole address.
  let text: String

  /// Nil for any other address, and for one that hides its host behind a user name.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("\\") else { return nil }
    let isSecure = text.hasPrefix("https://")
    guard isSecure || text.hasPrefix("http://") else { return nil }
    let authority = text.dropFirst(isSecure ? 8 : 7).prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else { return nil }
    let host =
      authority.hasPrefix("[") ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
    guard !host.isEmpty, isSecure || ["localhost", "127.0.0.1", "::1"].contains(host) else { return nil }
    self.text = text
  }
}
