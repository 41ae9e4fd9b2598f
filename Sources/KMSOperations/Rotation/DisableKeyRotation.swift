// DisableKeyRotation: a key no longer rotates by itself.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension DisableKeyRotation: KeyOperation {
  public static func perform(
    _ input: DisableKeyRotationInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> DisableKeyRotationOutput {
    try await context.keys.updateRelatives(of: authorized.resource) { keys, _ throws(Fault) in
      try keys[0].requireAutomaticRotation()
      try StateRule.rotation.check(keys[0])
      try keys[0].requireNoReplica()
      for index in keys.indices { keys[index].setRotation(nil) }
    }
    return DisableKeyRotationOutput()
  }
}
