// `keywright bench signatures`: how fast the libraries alone sign and verify.

import ArgumentParser
import Foundation
import KMSCrypto
import SecureMemory

/// Signs and verifies one message in bare loops on every processor, and prints how often a second.
struct SignaturesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signatures",
    abstract: "Sign and verify in bare loops, and print both rates of each key pair and algorithm.")

  @OptionGroup var options: BareLoopOptions

  func run() async throws {
    for keyPair in KeyPairAlgorithm.allCases {
      let key = try AsymmetricKeyMaterial(keyPair.generate().privateKey, algorithm: keyPair)
      for algorithm in SignatureAlgorithm.allCases { try await measure(key, algorithm) }
    }
  }

  private func measure(_ key: AsymmetricKeyMaterial, _ algorithm: SignatureAlgorithm) async throws {
    let bytes = SecretBytes(count: 64) { _ in }
    let input: SigningInput = algorithm == .ed25519phSHA512 ? .digest(bytes) : .message(bytes)
    // Most keys do not have most algorithms.
    guard let signature = try? key.sign(input, algorithm) else { return }
    let signing = await options.loop.rate { _ = try key.sign(input, algorithm) }
    let verification = await options.loop.rate { _ = try key.isValid(signature, of: input, algorithm) }
    let rates = [signing, verification].map { String(format: "%.2f", $0) }.joined(separator: " ")
    print("\(key.algorithm) \(algorithm.rawValue) \(rates)")
  }
}
