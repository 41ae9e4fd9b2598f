// `keywright principal update`.

import ArgumentParser
import KMSDomain

/// Changes what a principal was made with; it stays the same principal, and sessions of a role go on.
struct UpdatePrincipalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Change the permissions boundary or the tags of a user or a role, or who may assume a role and how long.",
    discussion: """
      What is not named stays as it is; --tag adds a tag, or replaces the one of its key. All is changed, or nothing. \
      Sessions of a role go on, within its new boundary.
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var account: AccountOptions
  @OptionGroup var attributes: PrincipalAttributes

  @Argument(help: "An ARN, a name, user/NAME or role/NAME.")
  var principal: PrincipalReference

  @Flag(help: "Take its permissions boundary away.")
  var noPermissionsBoundary = false

  @Option(help: "JSON file of the policy that says who may assume the role.")
  var trustPolicy: String?

  @Option(help: "How long a session of the role may last, in seconds from 900 to 43200.")
  var maxSessionDuration: Int?

  @Option(help: "The key of a tag to take away; may be given again.")
  var untag: [String] = []

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      let account = try account.id(self.store)
      try checkOptions()
      let tags = try tagsToSet()
      let found = try await store.look { [principal] reader throws(Fault) in
        try reader.principal(principal, in: account)
      }
      let update = try update(of: found, tags)
      let changed = try await store.change { transaction throws(Fault) in
        var principal = try transaction.current(found)
        try update.apply(to: &principal)
        try transaction.put(principal)
        return principal
      }
      CommandOutput.print { $0.principal(changed) }
    }
  }

  private func checkOptions() throws(CommandFailure) {
    let changesBoundary = attributes.permissionsBoundary != nil || noPermissionsBoundary
    let changesTags = !attributes.tag.isEmpty || !untag.isEmpty
    guard changesBoundary || changesTags || trustPolicy != nil || maxSessionDuration != nil else {
      throw CommandFailure(.usage, "there is nothing to change: give at least one option that says what")
    }
    guard attributes.permissionsBoundary == nil || !noPermissionsBoundary else {
      throw CommandFailure(.usage, "--permissions-boundary and --no-permissions-boundary contradict each other")
    }
    if let maxSessionDuration { try Principal.checkSessionDuration(maxSessionDuration) }
  }

  private func tagsToSet() throws(CommandFailure) -> [Tag] {
    let tags = try attributes.tags()
    for (index, key) in untag.enumerated() {
      guard !tags.contains(where: { $0.isOf(key) }) else {
        throw CommandFailure(.usage, "the tag '\(key)' is both to be set and to be taken away")
      }
      guard !untag.prefix(index).contains(where: { $0.lowercased() == key.lowercased() }) else {
        throw CommandFailure(.usage, "the tag '\(key)' is given twice")
      }
    }
    return tags
  }

  private func update(of principal: Principal, _ tags: [Tag]) throws(CommandFailure) -> PrincipalUpdate {
    guard principal.kind == .role || (trustPolicy == nil && maxSessionDuration == nil) else {
      throw CommandFailure(.usage, "\(principal.arn) is a user: only roles have a trust policy and sessions that last")
    }
    return PrincipalUpdate(
      permissionsBoundary: try attributes.boundary(), removesPermissionsBoundary: noPermissionsBoundary,
      trustPolicy: try trustPolicy.map { path throws(CommandFailure) in
        try PolicyFile.trustPolicy(path, partition: principal.partition)
      },
      maximumSessionDuration: maxSessionDuration, tags: tags, untaggedKeys: untag)
  }
}
