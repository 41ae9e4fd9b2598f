// `keywright serve`: runs the service until it is told to stop.

import ArgumentParser
import Foundation
import KMSServer
import KMSService
import Logging

/// Runs the key management service.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Run the key management service.",
    discussion: """
      Every flag is also an environment variable (--data-dir is KEYWRIGHT_DATA_DIR) and a key of the file given with \
      --config (data-dir). Flags win over the environment, which wins over the file.
      """)

  @OptionGroup var options: ServeOptions

  func run() async throws {
    do throws(CommandFailure) {
      try await serve()
    } catch {
      throw error.exit()
    }
  }

  private func serve() async throws(CommandFailure) {
    let environment = ProcessInfo.processInfo.environment
    let configuration = try ServeConfiguration(
      try Settings(options, environment: environment), environment: environment)
    let logger = Self.makeLogger(configuration.logLevel)
    for missing in ProcessHardening.apply() { logger.info("hardening", metadata: ["missing": "\(missing)"]) }
    let stop = StopSignal()

    let assembly = try await ServiceAssembly(configuration, logger: logger)
    let service = assembly.service
    let server = HTTPServer(
      configuration: assembly.httpConfiguration, health: assembly.health, metrics: assembly.metrics, logger: logger,
      respond: { await service.respond(to: $0) })
    do {
      let address = try await server.start()
      let scheme = configuration.tls == nil ? "http" : "https"
      logger.notice("serving", metadata: ["address": "\(scheme)://\(address)"])
      if configuration.tls == nil, !configuration.isOnLoopback {
        logger.warning("serving without TLS where others can listen: keys cross the network in clear")
      }
    } catch {
      await assembly.close()
      throw CommandFailure(.unavailable, error.description)
    }
    let background = Task { await assembly.backgroundWork.run() }
    let refresh = Task { await assembly.identityRefresh?.run() }

    await stop.wait()
    logger.notice("stopping")
    background.cancel()
    refresh.cancel()
    assembly.refuseSlowWork()
    await server.shutdown(gracePeriod: .seconds(10))
    await background.value
    await refresh.value
    await assembly.close()
    logger.notice("stopped")
  }

  private static func makeLogger(_ level: Logger.Level) -> Logger {
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    var logger = Logger(label: "keywright")
    logger.logLevel = level
    return logger
  }
}
