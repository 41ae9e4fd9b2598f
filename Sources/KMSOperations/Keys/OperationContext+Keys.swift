// From what a request calls a key to the key.

import KMSAccess
import KMSDomain

extension OperationContext {
  /// The key that `text` names in any of the four forms, for operations that accept them all.
  ///
  /// `action` is what the caller is about to do: the refusal of another account's resource names it.
  func key(
    named text: String, for caller: Caller, to action: String, grantTokens: [String]? = nil
  ) async throws(Fault) -> ActiveKey {
    let reference = try Self.reference(text)
    // First, or a bad token would tell whether another account has what is named.
    try check(grantTokens, for: caller)
    return try await key(reference, for: caller, to: action)
  }

  /// The key that `text` names by id or ARN, for operations that accept no alias.
  func key(identifiedBy text: String, for caller: Caller, to action: String) async throws(Fault) -> ActiveKey {
    let reference = try KeyReference(text)
    switch reference {
    case .aliasName: throw .invalidKeyID(text)
    case .aliasARN: throw .invalidARN(text)
    case .keyARN(_, let home) where home.region == caller.home.region && home.account != caller.home.account:
      // Nothing of another account is looked up for an operation that is never performed across accounts.
      guard AccessDemand.isPerformedAcrossAccounts(action) else {
        throw .accessDeniedElsewhere(caller: caller.arn, action: action)
      }
    case .keyID, .keyARN: break
    }
    return try await key(reference, for: caller, to: action)
  }

  /// Parses any of the four forms. The operations that accept all of them answer NotFoundException for a malformed ARN.
  static func reference(_ text: String) throws(Fault) -> KeyReference {
    do {
      return try KeyReference(text)
    } catch {
      throw error.kind == .invalidArn ? Fault(.notFound, error.message) : error
    }
  }

  /// The key that a parsed reference names.
  func key(_ reference: KeyReference, for caller: Caller, to action: String) async throws(Fault) -> ActiveKey {
    do {
      switch reference {
      case .keyID(let id):
        return try await key(id, in: caller.home)
      case .aliasName(let name):
        return try await key(alias: name, in: caller.home)
      case .keyARN(let id, let home):
        return try await key(id, in: try caller.requireRegion(of: home))
      case .aliasARN(let name, let home):
        return try await key(alias: name, in: try caller.requireRegion(of: home))
      }
    } catch {
      // Whether another account has a resource is nobody else's business.
      guard error.kind == .notFound, case let named? = reference.home, named.region == caller.home.region,
        named.account != caller.home.account
      else { throw error }
      throw .accessDeniedElsewhere(caller: caller.arn, action: action)
    }
  }

  private func key(_ id: KeyID, in home: AccountRegion) async throws(Fault) -> ActiveKey {
    // Another account's key of this id is none of this account's.
    guard let key = try await keys.key(id, region: home.region), key.record.home == home else {
      throw .keyNotFound(home.keyARN(id))
    }
    return key
  }

  private func key(alias name: AliasName, in home: AccountRegion) async throws(Fault) -> ActiveKey {
    guard let id = try await keys.target(of: name, in: home) else { throw .aliasNotFound(home.aliasARN(name)) }
    return try await key(id, in: home)
  }
}

extension Caller {
  /// `named`, unless it lies in a Region other than the one called.
  fileprivate func requireRegion(of named: AccountRegion) throws(Fault) -> AccountRegion {
    guard named.region == home.region else { throw .arnOfOtherRegion(named.region.description) }
    return named
  }
}
