// What a request that is to be explained would be like.

import ArgumentParser
import KMSAccess
import KMSDomain

/// The attributes of a request, from the command line and from what operations fill in by default.
struct ExplainedAttributes {
  private(set) var attributes = RequestAttributes()
  /// What has been left out, and why.
  private(set) var notes: [String] = []

  /// Condition keys that may have several values.
  private static let lists: Set<ConditionKey.Name> = [.grantOperations, .tagKeys]

  init(_ options: ExplainOptions, _ action: ExplainedAction) throws(CommandFailure) {
    fillDefaults(action)
    try setRegisters(options.pcr, action)
    try set(options.context, action)
    try setEncryptionContext(options.encryptionContext.map { ($0.key, $0.value) }, action)
    try setTags(options.tag.map { ($0.key, $0.value) }, action)
    completeTwins(action)
    if action.name == "CreateGrant" { try completeGrant() }
  }

  /// What the key that a ReplicateKey makes would be like.
  func replica(of key: Key) -> RequestAttributes {
    var attributes = RequestAttributes()
    attributes.requestTags = self.attributes.requestTags
    attributes.setNewKey(spec: key.spec, usage: key.usage, origin: key.origin, multiRegionKeyType: "REPLICA")
    attributes[.requestedRegion] = self.attributes[.replicaRegion]
    attributes[.bypassPolicyLockoutSafetyCheck] = self.attributes[.bypassPolicyLockoutSafetyCheck]
    return attributes
  }

  /// Adds a note for people.
  mutating func note(_ text: String) {
    notes.append(text)
  }

  /// Notes the alias that the request names its key by.
  mutating func setAlias(_ name: AliasName) {
    attributes[.requestAlias] = .string(name.description)
  }

  /// The grant that a CreateGrant would make, as far as its context says.
  var proposedGrant: AccessDemand.ProposedGrant? {
    guard case .strings(let names)? = attributes[.grantOperations] else { return nil }
    let operations = names.compactMap { GrantOperation(rawValue: $0) }
    guard operations.count == names.count else { return nil }
    guard let context = attributes.encryptionContext else {
      return AccessDemand.ProposedGrant(operations: operations, constraints: nil)
    }
    let isEquals = attributes[.grantConstraintType] == .string("EncryptionContextEquals")
    return AccessDemand.ProposedGrant(
      operations: operations,
      constraints: GrantConstraints(
        encryptionContextEquals: isEquals ? context : nil, encryptionContextSubset: isEquals ? nil : context))
  }

  // MARK: Filling in

  private mutating func fillDefaults(_ action: ExplainedAction) {
    switch action.name {
    case "CreateKey":
      attributes.setNewKey(
        spec: .symmetricDefault, usage: .encryptDecrypt, origin: .awsKMS, multiRegionKeyType: nil)
    case "Sign", "Verify": attributes[.messageType] = .string("RAW")
    case "DeriveSharedSecret": attributes[.keyAgreementAlgorithm] = .string("ECDH")
    case "CreateGrant", "ListGrants", "RevokeGrant": attributes[.grantIsForAWSResource] = .bool(false)
    case "EnableKeyRotation":
      attributes[.rotationPeriodInDays] = .integer(Int64(RotationSchedule.defaultPeriodInDays))
    case "ScheduleKeyDeletion": attributes[.pendingWindowInDays] = .integer(30)
    default: break
    }
    guard action.encrypts else { return }
    attributes.encryptionContext = [:]
    attributes[.encryptionAlgorithm] = .string("SYMMETRIC_DEFAULT")
  }

  private mutating func set(_ context: [PairArgument], _ action: ExplainedAction) throws(CommandFailure) {
    var given: [ConditionKey.Name: [String]] = [:]
    for pair in context {
      switch ConditionKey(pair.key) {
      case .named(let name):
        switch action.source(of: name) {
        case .given: given[name, default: []].append(pair.value)
        case .follows(let source):
          throw CommandFailure(.usage, "\(pair.key) cannot be given: it follows from \(source)")
        case .absent: notes.append("\(pair.key) is left out: no request for kms:\(action.name) has it")
        }
      case .encryptionContext: try setEncryptionContext([(Self.name(pair.key, afterEach: ":"), pair.value)], action)
      case .requestTag: try setTags([(Self.name(pair.key, afterEach: "/"), pair.value)], action)
      case .recipientAttestation(let measurement):
        try requireRecipient(action)
        attributes.recipientAttestation = (attributes.recipientAttestation ?? [:]).merging(
          [measurement: pair.value]) { _, new in new }
      case .resourceTag: throw CommandFailure(.usage, "\(pair.key): a key's tags are those that it has")
      case .principalTag: break  // only sessions may be given tags: ``ExplainedSession``
      case .other where ExplainedSession.isOfSession(pair.key): break
      case .other: notes.append("\(pair.key) is left out: no request to this service has it")
      }
    }
    for (name, values) in given {
      if Self.lists.contains(name) {
        attributes[name] = .strings(values)
      } else if values.count == 1, let value = values.first {
        attributes[name] = .string(value)
      } else {
        throw CommandFailure(.usage, "\(name.rawValue) is given twice, but has one value")
      }
    }
  }

  private mutating func setRegisters(
    _ registers: [RegisterArgument], _ action: ExplainedAction
  ) throws(CommandFailure) {
    guard !registers.isEmpty else { return }
    try requireRecipient(action)
    var measurements: [String: String] = [:]
    for (index, value) in try registers.byIndex() { measurements["pcr\(index)"] = RegisterArgument.text(value) }
    measurements["imagesha384"] = measurements["pcr0"]
    attributes.recipientAttestation = measurements
  }

  private func requireRecipient(_ action: ExplainedAction) throws(CommandFailure) {
    guard action.takesRecipient else { throw CommandFailure(.usage, "kms:\(action.name) has no attested recipient") }
  }

  private mutating func setEncryptionContext(
    _ pairs: [(key: String, value: String)], _ action: ExplainedAction
  ) throws(CommandFailure) {
    guard !pairs.isEmpty else { return }
    guard action.takesEncryptionContext else {
      throw CommandFailure(.usage, "kms:\(action.name) has no encryption context of its own")
    }
    var context = attributes.encryptionContext ?? [:]
    for pair in pairs {
      guard context.updateValue(pair.value, forKey: pair.key) == nil else {
        throw CommandFailure(.usage, "'\(pair.key)' is given twice in the encryption context")
      }
    }
    attributes.encryptionContext = context
  }

  private mutating func setTags(
    _ pairs: [(key: String, value: String)], _ action: ExplainedAction
  ) throws(CommandFailure) {
    guard !pairs.isEmpty else { return }
    guard action.takesTags else { throw CommandFailure(.usage, "kms:\(action.name) sets no tags") }
    attributes.requestTags = (attributes.requestTags ?? []) + pairs.map { Tag(key: $0.key, value: $0.value) }
  }

  /// Keys that say the same as another: the old names of a new key's spec and usage, whether it is a primary, and the
  /// time in two forms.
  private mutating func completeTwins(_ action: ExplainedAction) {
    if action.name == "CreateKey" {
      attributes[.customerMasterKeySpec] = attributes[.keySpec]
      attributes[.customerMasterKeyUsage] = attributes[.keyUsage]
      if case .string(let text)? = attributes[.multiRegion], text.lowercased() == "true" {
        attributes[.multiRegionKeyType] = .string("PRIMARY")
      }
    }
    let time = attributes[.currentTime] ?? attributes[.epochTime]
    attributes[.currentTime] = time
    attributes[.epochTime] = attributes[.epochTime] ?? time
  }

  /// A grant with an encryption context has a constraint of one of two types.
  private mutating func completeGrant() throws(CommandFailure) {
    if case .strings(let names)? = attributes[.grantOperations] {
      for name in names where GrantOperation(rawValue: name) == nil {
        throw CommandFailure(.usage, "'\(name)' is no operation of grants, such as Decrypt")
      }
    }
    guard attributes.encryptionContext != nil, attributes[.grantConstraintType] == nil else { return }
    attributes[.grantConstraintType] = .string("EncryptionContextSubset")
    notes.append("kms:GrantConstraintType is taken to be EncryptionContextSubset")
  }

  /// What follows the prefix of a condition key: two words with a colon behind each, or one slash.
  private static func name(_ key: String, afterEach separator: Character) -> String {
    let parts = key.split(
      separator: separator, maxSplits: separator == ":" ? 2 : 1, omittingEmptySubsequences: false)
    return parts.last.map(String.init) ?? ""
  }
}
