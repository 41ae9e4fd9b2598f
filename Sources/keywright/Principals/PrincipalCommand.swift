// `keywright principal`: the users and roles that the store keeps, and their access keys.

import ArgumentParser

/// Works on the store itself, whether or not the service runs; a service that runs notices within a second.
struct PrincipalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "principal", abstract: "Manage the users and roles that the store keeps, and their access keys.",
    discussion: """
      These commands open the service's data directory, beside the service if it runs; what they change takes effect \
      within a second. Principals that are declared in a file (serve --identities) are not among them.
      """,
    subcommands: [
      ListPrincipalsCommand.self, ShowPrincipalCommand.self, CreateUserCommand.self, CreateRoleCommand.self,
      UpdatePrincipalCommand.self, DeletePrincipalCommand.self, AttachPolicyCommand.self, DetachPolicyCommand.self,
      CreateAccessKeyCommand.self, ListAccessKeysCommand.self, EnableAccessKeyCommand.self,
      DisableAccessKeyCommand.self, DeleteAccessKeyCommand.self,
    ])
}
