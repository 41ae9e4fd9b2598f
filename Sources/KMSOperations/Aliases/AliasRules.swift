// The rules that alias names and targets obey in requests.

import KMSAccess
import KMSDomain
import KMSModel

/// An alias as a request names it, with the key it is to stand for.
public struct AliasAssignment: Sendable {
  let name: AliasName
  let target: ActiveKey
}

extension AliasName {
  /// The name for a new alias.
  static func forCreation(_ text: String) throws(Fault) -> AliasName {
    guard text.hasPrefix(prefix) else {
      throw .validation(
        "Alias must start with the prefix \"alias/\". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
      )
    }
    guard let name = AliasName(text) else { throw .validation("\(text) contains invalid characters for an alias") }
    guard !name.isReserved else { throw Fault(.notAuthorized) }
    return name
  }

  /// The name of an alias that should exist.
  static func existing(_ text: String) throws(Fault) -> AliasName {
    guard let name = AliasName(text) else { throw .validation("Invalid identifier") }
    guard !name.isReserved else { throw Fault(.notAuthorized) }
    return name
  }
}

extension OperationContext {
  /// The key an alias is to stand for, named by id or ARN.
  func aliasTarget(_ text: String, for caller: Caller, to action: String) async throws(Fault) -> ActiveKey {
    if text.hasPrefix(AliasName.prefix) || text.contains(":alias/") {
      throw .validation("Aliases must refer to keys. Not aliases")
    }
    return try await key(identifiedBy: text, for: caller, to: action)
  }
}
