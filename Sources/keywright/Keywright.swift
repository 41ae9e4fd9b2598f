// The command line: one command to run the service, one for every operation of the API.

import ArgumentParser

/// `keywright`.
@main
struct Keywright: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keywright",
    abstract: "The AWS KMS API: a key management service, and a client for it.",
    version: Version.current,
    subcommands: [
      ServeCommand.self, PrincipalCommand.self, ExplainCommand.self, AuditCommand.self, AttestRootCommand.self,
      AttestCommand.self, BenchCommand.self,
    ] + OperationCommands.all)
}
