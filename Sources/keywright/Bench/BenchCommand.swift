// `keywright bench`: the floors that benchmarks are held against.

import ArgumentParser

/// Parts for measuring; `Benchmarks/run` puts them together.
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Floors for benchmarks: an empty handler, bare key generation and bare signatures.",
    subcommands: [EmptyHandlerCommand.self, KeyGenerationCommand.self, SignaturesCommand.self])
}
