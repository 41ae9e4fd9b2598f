// What `create-user` and `create-role` have in common.

import ArgumentParser
import Foundation
import KMSDomain
import KMSService
import KMSStoreSQLite

/// A principal that is to be made.
struct NewPrincipalOptions: ParsableArguments {
  @Option(help: "The path: / or /…/.")
  var path: String = "/"

  @Option(help: "JSON file of an identity policy, which gets the file's name; may be given again.")
  var policy: [String] = []

  @OptionGroup var attributes: PrincipalAttributes

  @Option(help: "The partition of its ARN. (default: that of the principals there are, or aws)")
  var partition: String?

  /// Makes the principal, once all of it is checked, and prints it.
  func create(
    _ kind: Principal.Kind, named name: String, in account: AccountID, of store: SQLiteStore,
    trustPolicyFile: String? = nil, maximumSessionDuration: Int = Principal.defaultSessionDuration
  ) async throws(CommandFailure) {
    guard Principal.isName(name) else {
      throw CommandFailure(.usage, "a name has 1 to 64 letters, digits and +=,.@_-")
    }
    guard Principal.isPath(path) else { throw CommandFailure(.usage, "a path begins and ends with a slash") }
    let tags = try attributes.tags()
    let policies = try PolicyFile.identityPolicies(policy)
    let boundary = try attributes.boundary()
    let partition = try await partition(in: store)
    let trustPolicy = try trustPolicyFile.map { path throws(CommandFailure) in
      try PolicyFile.trustPolicy(path, partition: partition)
    }
    let principal = Principal(
      id: PrincipalID.random(for: kind), partition: partition, account: account, kind: kind, path: path, name: name,
      policies: policies, permissionsBoundary: boundary, trustPolicy: trustPolicy,
      maximumSessionDuration: maximumSessionDuration, tags: tags, creationDate: Date())
    try await store.change { transaction throws(Fault) in
      // IAM takes names that differ in case, or in their paths, for the same.
      let other = try transaction.allPrincipals(in: account).first {
        $0.kind == kind && $0.name.lowercased() == name.lowercased()
      }
      if let other { throw .command(.cannotCreate, "there is \(other.arn) already") }
      try transaction.put(principal)
    }
    CommandOutput.print { $0.principal(principal) }
  }

  private func partition(in store: SQLiteStore) async throws(CommandFailure) -> String {
    guard let partition else {
      return try await store.look { reader throws(Fault) in
        try reader.principals(after: nil, limit: 1).first?.partition ?? "aws"
      }
    }
    guard ["aws", "aws-cn", "aws-us-gov"].contains(partition) else {
      throw CommandFailure(.usage, "a partition is aws, aws-cn or aws-us-gov")
    }
    return partition
  }
}
