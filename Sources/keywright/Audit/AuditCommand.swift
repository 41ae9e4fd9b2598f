// `keywright audit`: the audit trail from outside.

import ArgumentParser

/// What can be done with an audit trail.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Check the audit trail.", subcommands: [AuditVerifyCommand.self])
}
