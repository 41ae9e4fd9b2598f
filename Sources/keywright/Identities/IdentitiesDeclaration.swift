// The accounts of a declaration, checked one after the other.

import Foundation
import KMSAccess
import KMSDomain
import KMSService
import SecureMemory

/// Collects what a declaration declares, and refuses what does not go together.
struct IdentitiesDeclaration {
  private(set) var identities = DeclaredIdentities()
  private let partition: String
  private let now: Date
  /// Names are told apart without regard to case and path, as IAM does.
  private var names: Set<String> = []
  private var accessKeyIDs: Set<String> = []

  init(partition: String, now: Date) {
    self.partition = partition
    self.now = now
  }

  /// Reads the whole declaration.
  mutating func read(_ root: DeclarationNode) throws(DeclarationError) {
    let object = try DeclarationObject(root, at: "", members: ["accounts"])
    guard object.node("accounts") != nil else { throw DeclarationError("'accounts' is missing", at: "") }
    for (node, place) in try object.list("accounts") { try readAccount(node, at: place) }
  }

  private mutating func readAccount(_ node: DeclarationNode, at place: String) throws(DeclarationError) {
    let object = try DeclarationObject(node, at: place, members: ["id", "users", "roles", "identityProviders"])
    guard let account = AccountID(try object.text("id")) else {
      throw DeclarationError("an account id has 12 digits", at: object.place(of: "id"))
    }
    guard identities.accounts.insert(account).inserted else {
      throw DeclarationError("account \(account) is declared twice", at: place)
    }
    for (node, place) in try object.list("users") { try readUser(node, of: account, at: place) }
    for (node, place) in try object.list("roles") { try readRole(node, of: account, at: place) }
    for (node, place) in try object.list("identityProviders") {
      let provider = try DeclaredIdentityProvider(node, of: account, at: place)
      guard !identities.identityProviders.contains(where: { $0.account == account && $0.issuer == provider.issuer })
      else { throw DeclarationError("the account has another identity provider of this url", at: place) }
      identities.identityProviders.append(provider)
    }
  }

  // MARK: Principals

  private mutating func readUser(
    _ node: DeclarationNode, of account: AccountID, at place: String
  ) throws(DeclarationError) {
    let object = try DeclarationObject(
      node, at: place, members: ["name", "path", "accessKeys", "policies", "permissionsBoundary", "tags"])
    let user = try principal(.user, object, of: account)
    let accessKeys = try object.list("accessKeys")
    guard accessKeys.count <= AccessKey.perPrincipal else {
      throw DeclarationError(
        "a user has at most \(AccessKey.perPrincipal) access keys", at: object.place(of: "accessKeys"))
    }
    for (node, place) in accessKeys { try readAccessKey(node, of: user, at: place) }
    identities.principals.append(user)
  }

  private mutating func readRole(
    _ node: DeclarationNode, of account: AccountID, at place: String
  ) throws(DeclarationError) {
    let object = try DeclarationObject(
      node, at: place,
      members: ["name", "path", "trustPolicy", "policies", "permissionsBoundary", "maxSessionDuration", "tags"])
    var role = try principal(.role, object, of: account)
    role.trustPolicy = try object.trustPolicy(partition: partition)
    if let text = try object.optionalText("maxSessionDuration") {
      guard let seconds = Int(text), Principal.sessionDurations.contains(seconds) else {
        throw DeclarationError(
          "a number of seconds from 900 to 43200 is needed", at: object.place(of: "maxSessionDuration"))
      }
      role.maximumSessionDuration = seconds
    }
    identities.principals.append(role)
  }

  private mutating func principal(
    _ kind: Principal.Kind, _ object: DeclarationObject, of account: AccountID
  ) throws(DeclarationError) -> Principal {
    let name = try object.text("name")
    guard Principal.isName(name) else {
      throw DeclarationError("a name has 1 to 64 letters, digits and +=,.@_-", at: object.place(of: "name"))
    }
    guard names.insert("\(account) \(kind) \(name.lowercased())").inserted else {
      throw DeclarationError("the account has another \(kind.rawValue) of this name", at: object.place)
    }
    let path = try object.optionalText("path") ?? "/"
    guard Principal.isPath(path) else {
      throw DeclarationError("a path begins and ends with a slash", at: object.place(of: "path"))
    }
    let arn = "arn:\(partition):iam::\(account):\(kind.rawValue)\(path)\(name)"
    return Principal(
      id: PrincipalID.derived(for: kind, arn: arn), partition: partition, account: account, kind: kind, path: path,
      name: name, policies: try object.policies(), permissionsBoundary: try object.permissionsBoundary(),
      tags: try object.tags(), creationDate: now)
  }

  // MARK: Access keys

  private mutating func readAccessKey(
    _ node: DeclarationNode, of user: Principal, at place: String
  ) throws(DeclarationError) {
    let object = try DeclarationObject(node, at: place, members: ["id", "secret", "status"])
    let id = try object.text("id")
    // The id is not quoted: it may be a secret in the wrong place.
    guard AccessKey.isID(id) else {
      throw DeclarationError("an access key id has 16 to 128 letters, digits and _", at: object.place(of: "id"))
    }
    guard accessKeyIDs.insert(id).inserted else {
      throw DeclarationError("another access key has this id", at: object.place(of: "id"))
    }
    let secret = try object.text("secret")
    guard secret.utf8.count >= 8 else {
      throw DeclarationError("a secret has at least 8 characters", at: object.place(of: "secret"))
    }
    let status = try object.optionalText("status") ?? "Active"
    guard ["Active", "Inactive"].contains(status) else {
      throw DeclarationError("a status is Active or Inactive", at: object.place(of: "status"))
    }
    identities.accessKeys.append(
      OpenedAccessKey(
        id: id, principalARN: user.arn, secret: SecretBytes(Array(secret.utf8)), isActive: status == "Active"))
  }
}
