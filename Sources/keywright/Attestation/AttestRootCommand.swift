// `keywright attest-root`: roots of attestation for development.

import ArgumentParser

/// What can be done with roots.
struct AttestRootCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attest-root", abstract: "Make a root that attests without an enclave, for development and tests.",
    subcommands: [AttestRootCreateCommand.self])
}
