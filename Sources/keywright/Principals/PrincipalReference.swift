// How a command names a principal.

import ArgumentParser
import KMSDomain

/// An ARN; or a name, which may be told apart as `user/NAME` and `role/NAME`.
enum PrincipalReference: ExpressibleByArgument, Sendable {
  case arn(String)
  case name(String, Principal.Kind?)

  init?(argument: String) {
    if argument.hasPrefix("arn:") {
      self = .arn(argument)
      return
    }
    for kind in Principal.Kind.allCases where argument.hasPrefix("\(kind.rawValue)/") {
      self = .name(String(argument.dropFirst(kind.rawValue.count + 1)), kind)
      return
    }
    self = .name(argument, nil)
  }
}

/// The account whose principals are named.
struct AccountOptions: ParsableArguments {
  @Option(help: "The account of principals that are named without ARN. (default: $KEYWRIGHT_ACCOUNT, or 123456789012)")
  var account: String?

  /// The account; `options` know what the service's configuration says.
  func id(_ options: StoreOptions) throws(CommandFailure) -> AccountID {
    let settings = try options.settings(flags: ["account": account])
    guard let id = AccountID(settings.value("account") ?? "123456789012") else {
      throw CommandFailure(.usage, "account must be 12 digits")
    }
    return id
  }
}

extension StoreReader {
  /// The principal that is meant; one that is not there, or might be two, ends the command.
  func principal(_ reference: PrincipalReference, in account: AccountID) throws(Fault) -> Principal {
    switch reference {
    case .arn(let arn):
      guard let principal = try principal(arn) else { throw .command(.noInput, "the store has no principal \(arn)") }
      return principal
    case .name(let name, let kind):
      let found = try allPrincipals(in: account).filter { $0.name == name && (kind == nil || $0.kind == kind) }
      guard let principal = found.first else {
        throw .command(.noInput, "the store has no \(kind?.rawValue ?? "user or role") '\(name)' in account \(account)")
      }
      guard found.count == 1 else {
        throw .command(.usage, "there is a user and a role '\(name)': say user/\(name) or role/\(name)")
      }
      return principal
    }
  }

  /// A principal that was looked up before, as it is now; one that has gone, or is another, ends the command.
  func current(_ principal: Principal) throws(Fault) -> Principal {
    guard let now = try self.principal(principal.arn), now.id == principal.id else {
      throw .command(.temporaryFailure, "\(principal.arn) was deleted meanwhile")
    }
    return now
  }

  /// The user that is meant; a role ends the command.
  func user(_ reference: PrincipalReference, in account: AccountID) throws(Fault) -> Principal {
    var reference = reference
    if case .name(let name, nil) = reference { reference = .name(name, .user) }
    let principal = try principal(reference, in: account)
    guard principal.kind == .user else {
      throw .command(.usage, "\(principal.arn) is a role: only users have access keys")
    }
    return principal
  }
}
