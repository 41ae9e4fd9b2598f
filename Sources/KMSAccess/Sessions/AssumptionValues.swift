// What conditions see of a request to assume a role.

import KMSDomain

/// The values of the condition keys of AssumeRole and its like.
struct AssumptionValues: ConditionValues {
  let assumption: RoleAssumption

  func value(of key: ConditionKey) -> ConditionValue? {
    switch key {
    case .named(let name): value(of: name)
    case .requestTag(let name): Self.value(of: name, in: assumption.request.tags)
    case .resourceTag(let name): Self.value(of: name, in: assumption.role.record.tags)
    case .principalTag(let name): assumption.caller.flatMap { Self.value(of: name, in: $0.tags) }
    case .other(let name): claim(name)
    case .encryptionContext, .recipientAttestation: nil
    }
  }

  private func value(of name: ConditionKey.Name) -> ConditionValue? {
    let request = assumption.request
    return switch name {
    case .externalID: request.externalID.map(ConditionValue.string)
    case .roleSessionName: .string(request.sessionName)
    case .sessionSourceIdentity: assumption.sourceIdentity.map(ConditionValue.string)
    case .tagKeys: request.tags.isEmpty ? nil : .strings(request.tags.map(\.key))
    case .transitiveTagKeys: request.transitiveTagKeys.isEmpty ? nil : .strings(request.transitiveTagKeys)
    case .resourceAccount: .string(assumption.role.record.account.description)
    default: globalValue(of: name)
    }
  }

  private func globalValue(of name: ConditionKey.Name) -> ConditionValue? {
    let (region, origin) = (assumption.region, assumption.origin)
    switch assumption.asker {
    case .caller(let identity):
      return GlobalValues(identity: identity, region: region, origin: origin).value(of: name)
    case .webIdentity(let identity):
      // A web identity is no principal of ours yet: only what its provider and the request say is known.
      return switch name {
      case .federatedProvider: .string(identity.providerARN)
      case .sourceIP: origin.sourceIP.map(ConditionValue.string)
      case .secureTransport: .bool(origin.isSecure)
      case .userAgent: origin.userAgent.map(ConditionValue.string)
      case .currentTime, .epochTime: .instant(origin.time)
      case .requestedRegion: .string(region.description)
      default: nil
      }
    }
  }

  /// A claim of a web identity, whether it asks now or is behind the session that asks.
  private func claim(_ name: String) -> ConditionValue? {
    let claims =
      switch assumption.asker {
      case .caller(let identity): identity.assumedRole?.claims ?? [:]
      case .webIdentity(let identity): identity.claims
      }
    return claims[name].map(Self.value)
  }

  /// The value of the tag `name`: one, or several when keys differ in case only.
  private static func value(of name: String, in tags: [Tag]) -> ConditionValue? {
    let values = tags.filter { $0.key.lowercased().utf8.elementsEqual(name.utf8) }.map(\.value)
    return values.isEmpty ? nil : value(values)
  }

  private static func value(_ values: [String]) -> ConditionValue {
    if let value = values.first, values.count == 1 { .string(value) } else { .strings(values) }
  }
}

extension CallerIdentity {
  /// The session, if the identity is one.
  var assumedRole: AssumedRole? {
    if case .assumedRole(let session) = kind { session } else { nil }
  }
}
