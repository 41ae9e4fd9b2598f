// What the bare loops have in common on the command line.

import ArgumentParser
import Foundation

/// How long, and on how many threads.
struct BareLoopOptions: ParsableArguments {
  @Option(help: "Seconds for each figure.")
  var seconds = 5.0

  @Option(help: "How many threads work at once.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  /// The loop.
  var loop: BareLoop { BareLoop(seconds: seconds, threads: threads) }
}
