// ReplicateKey: a related key of the same material in another Region.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension ReplicateKey: ServedOperation {
  public static func check(_ input: ReplicateKeyInput) throws(Fault) {
    _ = try region(input)
    _ = try TagRules.check(input.tags ?? [])
  }

  public static func demands(of input: ReplicateKeyInput, on key: ActiveKey) -> [AccessDemand] {
    // In the Region of the replica a key is made.
    var creation = RequestAttributes(tags: input.tags)
    creation.setNewKey(
      spec: key.record.spec, usage: key.record.usage, origin: key.record.origin, multiRegionKeyType: "REPLICA")
    creation[.requestedRegion] = .string(input.replicaRegion)
    creation[.bypassPolicyLockoutSafetyCheck] = input.bypassPolicyLockoutSafetyCheck.map(ConditionValue.bool)
    var demands = [
      AccessDemand(name, on: .key(key.guarded), attributes(of: input)),
      AccessDemand(CreateKey.name, on: .account, creation),
    ]
    if input.tags ?? [] != [] { demands.append(AccessDemand(TagResource.name, on: .account, creation)) }
    return demands
  }

  public static func attributes(of input: ReplicateKeyInput) -> RequestAttributes {
    var attributes = RequestAttributes(tags: input.tags)
    attributes[.replicaRegion] = .string(input.replicaRegion)
    return attributes
  }

  public static func charges(
    for input: ReplicateKeyInput, on key: ActiveKey, by caller: AccountRegion
  ) -> [RequestCharge] {
    RequestCharge.charges(for: .replicateKey, caller: caller, replicaRegion: Region(input.replicaRegion))
  }

  public static func perform(
    _ input: ReplicateKeyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ReplicateKeyOutput {
    let region = try region(input)
    let tags = try TagRules.check(input.tags ?? [])
    let caller = authorized.caller
    let original = authorized.resource.record
    if let policy = input.policy {
      let home = AccountRegion(account: original.home.account, region: region)
      let replica = Key(
        id: original.id, home: home, creationDate: context.now(), spec: original.spec, usage: original.usage,
        origin: original.origin, description: input.description ?? "", state: .enabled, policy: policy, tags: tags,
        multiRegion: original.multiRegion)
      try await KeyPolicy.check(
        of: replica, for: caller, in: context, bypassLockoutCheck: input.bypassPolicyLockoutSafetyCheck ?? false)
    }
    let now = context.now()
    let quotas = context.quotas
    let regions = context.regions
    let changed = try await context.keys.updateRelatives(of: authorized.resource) {
      [vault = context.keys.vault] keys, reader throws(Fault) in
      let primary = keys[0]
      guard primary.isPrimary else { throw .notPrimary(primary.arn) }
      try StateRule.replicate.check(primary)
      let home = AccountRegion(account: primary.home.account, region: region)
      guard region.partition == primary.home.region.partition, regions?.contains(region) ?? true else {
        throw .regionUnavailable(region.description)
      }
      guard try reader.key(primary.id, region: region) == nil else { throw .replicaExists(home.keyARN(primary.id)) }
      guard try reader.keyCount(in: home) < quotas.keys else { throw .tooManyKeys }
      for index in keys.indices { keys[index].relativeAdded(in: region) }
      keys.append(
        Key(
          id: primary.id, home: home, creationDate: now, spec: primary.spec, usage: primary.usage,
          origin: primary.origin, description: input.description ?? "",
          state: primary.origin == .external ? .pendingImport : .enabled,
          policy: input.policy ?? KeyPolicy.defaultDocument(for: home), tags: tags,
          materials: try vault.replicate(primary, to: home), publicKey: primary.publicKey, rotation: primary.rotation,
          multiRegion: keys[0].multiRegion))
      keys.settlePendingMaterial()
    }
    guard let replica = changed.keys.last else { throw .keyNotFound(authorized.resource.arn) }
    return ReplicateKeyOutput(
      replicaKeyMetadata: KeyMetadata(beingCreated: replica), replicaPolicy: KeyPolicy.shown(replica.policy),
      replicaTags: replica.tags.map { KMSModel.Tag(tagKey: $0.key, tagValue: $0.value) })
  }

  private static func region(_ input: ReplicateKeyInput) throws(Fault) -> Region {
    guard let region = Region(input.replicaRegion) else {
      throw .regionUnavailable(input.replicaRegion)
    }
    return region
  }
}

extension MaterialVault {
  /// The materials of a key as its replica's: wrapped anew, or, if they were imported, to be imported there too.
  fileprivate func replicate(_ key: Key, to home: AccountRegion) throws(Fault) -> [WrappedKeyMaterial] {
    var materials: [WrappedKeyMaterial] = []
    for material in key.materials {
      var copy = material
      copy.validTo = nil
      copy.wrapped = nil
      if key.origin == .awsKMS, let secret = try open(material, of: key) {
        copy.wrapped = try wrap(secret, id: material.id, of: key.id, in: home)
      }
      materials.append(copy)
    }
    return materials
  }
}

extension KeyMetadata {
  /// A replica as ReplicateKey shows it: it is enabled only when the answer has left.
  fileprivate init(beingCreated key: Key) {
    self.init(key)
    keyState = .creating
    enabled = false
    currentKeyMaterialID = nil
  }
}
