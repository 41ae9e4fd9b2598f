// The rules by which CreateGrant makes a grant.

import KMSAccess
import KMSDomain
import KMSModel
import struct FoundationEssentials.Date

/// What CreateGrant asks for, checked as far as is possible without the key.
struct NewGrant: Sendable {
  /// How many pairs of an encryption context a constraint may have.
  private static let pairsPerConstraint = 8
  /// How many characters a value in a constraint may have.
  private static let constraintValueLength = 384

  private let grantee: PrincipalARN
  private let retiring: PrincipalARN?
  private let operations: [KMSDomain.GrantOperation]
  let constraints: KMSDomain.GrantConstraints?
  private let name: String?

  /// Applies the rules that need no key.
  init(_ input: CreateGrantInput) throws(Fault) {
    grantee = try Self.principal(input.granteePrincipal)
    retiring = try input.retiringPrincipal.map(Self.principal)
    operations = try Self.operations(input.operations)
    constraints = try input.constraints.flatMap(Self.constraints)
    name = input.name
  }

  /// What a grant that allows CreateGrant must cover.
  var proposal: AccessDemand.ProposedGrant {
    AccessDemand.ProposedGrant(operations: operations, constraints: constraints)
  }

  /// Refuses principals that do not exist.
  func checkPrincipals(_ exists: (PrincipalARN) -> Bool) throws(Fault) {
    for principal in [grantee, retiring].compactMap(\.self) where !exists(principal) {
      throw .invalidPrincipal(principal.description)
    }
  }

  private static func principal(_ text: String) throws(Fault) -> PrincipalARN {
    guard let principal = PrincipalARN(text) else { throw .invalidPrincipal(text) }
    return principal
  }

  private static func operations(
    _ named: [KMSModel.GrantOperation]
  ) throws(Fault) -> [KMSDomain.GrantOperation] {
    guard !named.isEmpty else { throw .noGrantOperations }
    var operations: [KMSDomain.GrantOperation] = []
    for name in named {
      guard let operation = KMSDomain.GrantOperation(rawValue: name.rawValue) else {
        throw .unknownGrantOperation(name.rawValue)
      }
      if !operations.contains(operation) { operations.append(operation) }
    }
    return operations
  }

  private static func constraints(
    _ input: KMSModel.GrantConstraints
  ) throws(Fault) -> KMSDomain.GrantConstraints? {
    let contexts = [input.encryptionContextEquals, input.encryptionContextSubset].compactMap(\.self)
    guard !contexts.isEmpty else { return nil }
    for context in contexts {
      guard context.count <= pairsPerConstraint else {
        throw .tooManyConstraintPairs(limit: pairsPerConstraint)
      }
      guard context.values.allSatisfy({ $0.unicodeScalars.count <= constraintValueLength }) else {
        throw .constraintValueTooLong(limit: constraintValueLength)
      }
    }
    // A subset of nothing is in every context: it constrains nothing.
    let subset = input.encryptionContextSubset.flatMap { $0.isEmpty ? nil : $0 }
    guard input.encryptionContextEquals != nil || subset != nil else { return nil }
    return KMSDomain.GrantConstraints(
      encryptionContextEquals: input.encryptionContextEquals, encryptionContextSubset: subset)
  }

  /// The grant on `key`, by the rules of its state, its partition and what it can do.
  func grant(
    _ id: String, on key: Key, issuingAccount: AccountID, now: Date
  ) throws(Fault) -> Grant {
    try StateRule.createGrant.check(key)
    for principal in [grantee, retiring].compactMap(\.self) where principal.partition != key.home.region.partition {
      throw .invalidPrincipal(principal.description)
    }
    for operation in operations where !operation.isPossible(with: key) {
      throw .grantOperation(operation, key.arn, key.spec, key.usage)
    }
    // Only symmetric encryption knows an encryption context.
    if constraints != nil, key.spec.keyClass != .symmetric { throw .grantConstraints(key.arn, key.spec) }
    return Grant(
      id: id, keyID: key.id, home: key.home, name: name, granteePrincipal: grantee.description,
      retiringPrincipal: retiring?.description, operations: operations, constraints: constraints,
      issuingAccount: issuingAccount, creationDate: now)
  }
}

extension Grant {
  /// Whether this is what a repeated CreateGrant means: the same name, and the same of everything else.
  func isRepeated(by other: Grant) -> Bool {
    name != nil && name == other.name && granteePrincipal == other.granteePrincipal
      && retiringPrincipal == other.retiringPrincipal && Set(operations) == Set(other.operations)
      && Self.areSame(constraints?.encryptionContextEquals, other.constraints?.encryptionContextEquals)
      && Self.areSame(constraints?.encryptionContextSubset, other.constraints?.encryptionContextSubset)
      && issuingAccount == other.issuingAccount
  }

  /// Whether two contexts are the same byte by byte, as encryption contexts are compared.
  private static func areSame(_ one: [String: String]?, _ other: [String: String]?) -> Bool {
    func bytes(_ context: [String: String]) -> [[UInt8]: [UInt8]] {
      Dictionary(context.map { (Array($0.key.utf8), Array($0.value.utf8)) }) { first, _ in first }
    }
    return one.map(bytes) == other.map(bytes)
  }
}

extension KMSDomain.GrantOperation {
  /// Whether a key of this spec and usage can do it.
  fileprivate func isPossible(with key: Key) -> Bool {
    switch self {
    case .createGrant, .retireGrant, .describeKey: true
    case .encrypt, .decrypt, .reEncryptFrom, .reEncryptTo: key.usage == .encryptDecrypt
    case .generateDataKey, .generateDataKeyWithoutPlaintext, .generateDataKeyPair,
      .generateDataKeyPairWithoutPlaintext:
      key.spec.keyClass == .symmetric
    case .getPublicKey: key.spec.keyClass == .asymmetric
    case .sign, .verify: key.usage == .signVerify
    case .generateMAC, .verifyMAC: key.usage == .generateVerifyMAC
    case .deriveSharedSecret: key.usage == .keyAgreement
    }
  }
}
