// `keywright attest`: attested recipients without an enclave, for development and tests.

import ArgumentParser

/// Makes attestation documents, and opens the answers to them.
struct AttestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attest", abstract: "Make an attestation document without an enclave, or open an answer to one.",
    subcommands: [AttestDocumentCommand.self, AttestOpenCommand.self], defaultSubcommand: AttestDocumentCommand.self)
}
