// `keywright bench key-generation`: how fast the libraries alone make key pairs.

import ArgumentParser
import Foundation
import KMSCrypto
import Synchronization

/// Makes pairs in a bare loop on every processor and prints how many came a second.
struct KeyGenerationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key-generation", abstract: "Make key pairs in a bare loop, and print the rate of each kind.")

  @Option(help: "Seconds for each kind.")
  var seconds = 5.0

  @Option(help: "How many threads make pairs.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func run() async throws {
    for algorithm in KeyPairAlgorithm.allCases {
      let rate = await measure(algorithm)
      print("\(algorithm) \(String(format: "%.2f", rate))")
    }
  }

  /// Pairs a second.
  private func measure(_ algorithm: KeyPairAlgorithm) async -> Double {
    let loop = GenerationLoop(algorithm, seconds: seconds)
    return await withTaskGroup(of: Double.self) { group in
      for _ in 0..<max(threads, 1) { group.addTask { await loop.rate() } }
      return await group.reduce(0, +)
    }
  }
}

/// A loop on a thread of its own.
private struct GenerationLoop: Sendable {
  private let algorithm: KeyPairAlgorithm
  private let seconds: Double

  init(_ algorithm: KeyPairAlgorithm, seconds: Double) {
    self.algorithm = algorithm
    self.seconds = seconds
  }

  /// Pairs a second, over the whole pairs that were made.
  func rate() async -> Double {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let start = ContinuousClock.now
        var count = 0
        while ContinuousClock.now - start < .seconds(seconds), (try? algorithm.generate()) != nil { count += 1 }
        continuation.resume(returning: Double(count) / ((ContinuousClock.now - start) / .seconds(1)))
      }
    }
  }
}
