// What a user does with the client, told once and done with every service.

import KMSClient
import SecureMemory
import Testing

/// One use of the client.
struct Scenario: Sendable, CustomTestStringConvertible {
  /// What is to happen, as a sentence; it names the scenario in ``MotoGap/all``.
  let name: String
  let run: @Sendable (KMSClient) async throws -> Void

  init(_ name: String, _ run: @escaping @Sendable (KMSClient) async throws -> Void) {
    self.name = name
    self.run = run
  }

  var testDescription: String { name }

  static let all = keys + states + encryption + dataKeys + signing + macs + grants + pages + rotation
}

extension SecretBytes {
  /// A copy, to compare and to show.
  var array: [UInt8] { withUnsafeBytes { Array($0) } }
}
