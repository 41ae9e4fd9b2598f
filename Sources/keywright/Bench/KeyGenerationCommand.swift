// `keywright bench key-generation`: how fast the libraries alone make key pairs.

import ArgumentParser
import Foundation
import KMSCrypto

/// Makes pairs in a bare loop on every processor and prints how many came a second.
struct KeyGenerationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key-generation", abstract: "Make key pairs in a bare loop, and print the rate of each kind.")

  @OptionGroup var options: BareLoopOptions

  func run() async throws {
    for algorithm in KeyPairAlgorithm.allCases {
      let rate = await options.loop.rate { _ = try algorithm.generate() }
      print("\(algorithm) \(String(format: "%.2f", rate))")
    }
  }
}
