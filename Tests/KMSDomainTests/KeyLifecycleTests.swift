// How keys move from state to state.

import FoundationEssentials
import KMSDomain
import Testing

@Suite struct KeyLifecycleTests {
  let now = Date(timeIntervalSince1970: 1_700_000_000)

  @Test func enablingAndDisabling() throws {
    var key = try TestKey.make()
    key.disable()
    #expect(key.state == .disabled)
    key.enable()
    #expect(key.state == .enabled)
    key.enable()
    #expect(key.state == .enabled)
  }

  // MARK: Deletion

  @Test func deletionIsDueAfterTheWindow() throws {
    var key = try TestKey.make()
    key.scheduleDeletion(inDays: 7, now: now)
    #expect(key.state == .pendingDeletion)
    #expect(key.deletionDate == Date(timeIntervalSince1970: 1_700_000_000 + 7 * 86_400))
    #expect(key.pendingDeletionWindowInDays == nil)
  }

  @Test(arguments: [KeyState.enabled, .disabled])
  func cancelledDeletionLeavesTheKeyDisabled(before: KeyState) throws {
    var key = try TestKey.make(state: before)
    key.scheduleDeletion(inDays: 30, now: now)
    key.cancelDeletion()
    #expect(key.state == .disabled)
    #expect(key.deletionDate == nil)
  }

  @Test(arguments: [
    (KeyOrigin.awsKMS, [], KeyState.disabled),
    (.externalKeyStore, [], .disabled),
    (.external, [], .pendingImport),
    (.external, [TestKey.material("a", .current)], .disabled),
    (.external, [TestKey.material("a", .current, isThere: false)], .pendingImport),
    (
      .external, [TestKey.material("a", .nonCurrent, isThere: false), TestKey.material("b", .current)], .pendingImport
    ),
    (.external, [TestKey.material("a", .pendingRotation)], .pendingImport),
    (.external, [TestKey.material("a", .current), TestKey.material("b", .pendingRotation)], .disabled),
  ])
  func cancelledDeletionAwaitsMaterialThatIsMissing(
    origin: KeyOrigin, materials: [WrappedKeyMaterial], expected: KeyState
  ) throws {
    var key = try TestKey.make(state: .pendingImport, origin: origin, materials: materials)
    key.scheduleDeletion(inDays: 30, now: now)
    key.cancelDeletion()
    #expect(key.state == expected)
  }

  // MARK: Deletion of related keys

  @Test func aPrimaryWaitsForItsReplicasToGo() throws {
    let (west, east) = (try #require(Region("us-west-2")), try #require(Region("us-east-1")))
    var key = try TestKey.make(multiRegion: TestKey.role(primary: "eu-west-1", replicas: "us-east-1", "us-west-2"))
    key.scheduleDeletion(inDays: 9, now: now)
    #expect(key.state == .pendingReplicaDeletion)
    #expect(key.pendingDeletionWindowInDays == 9)
    #expect(key.deletionDate == nil)

    let later = now.addingTimeInterval(86_400)
    key.relativeDeleted(in: west, now: later)
    #expect(key.state == .pendingReplicaDeletion)
    #expect(key.multiRegion?.replicaRegions == [east])
    #expect(key.pendingDeletionWindowInDays == 9)

    let last = later.addingTimeInterval(86_400)
    key.relativeDeleted(in: east, now: last)
    #expect(key.state == .pendingDeletion)
    #expect(key.multiRegion?.replicaRegions == [])
    #expect(key.pendingDeletionWindowInDays == nil)
    #expect(key.deletionDate == last.addingTimeInterval(9 * 86_400))
  }

  @Test func aPrimaryWithoutReplicasAndAReplicaWaitForNobody() throws {
    for role in [
      try TestKey.role(primary: "eu-west-1"),
      try TestKey.role(primary: "us-east-1", replicas: "eu-west-1", "us-west-2"),
    ] {
      var key = try TestKey.make(multiRegion: role)
      key.scheduleDeletion(inDays: 9, now: now)
      #expect(key.state == .pendingDeletion)
      #expect(key.deletionDate == now.addingTimeInterval(9 * 86_400))
      #expect(key.pendingDeletionWindowInDays == nil)
    }
  }

  @Test func aRelativesDeletionLeavesTheStateOfKeysThatDoNotWaitForIt() throws {
    let east = try #require(Region("us-east-1"))
    for state in KeyState.allCases where state != .pendingReplicaDeletion {
      var key = try TestKey.make(state: state, multiRegion: TestKey.role(primary: "eu-west-1", replicas: "us-east-1"))
      key.relativeDeleted(in: east, now: now)
      #expect(key.state == state)
      #expect(key.deletionDate == nil)
      #expect(key.multiRegion?.replicaRegions == [])
    }
  }

  @Test func aCancelledDeletionOfAPrimaryForgetsItsWindow() throws {
    let east = try #require(Region("us-east-1"))
    var key = try TestKey.make(multiRegion: TestKey.role(primary: "eu-west-1", replicas: "us-east-1"))
    key.scheduleDeletion(inDays: 9, now: now)
    key.cancelDeletion()
    #expect(key.state == .disabled)
    #expect(key.pendingDeletionWindowInDays == nil)
    key.relativeDeleted(in: east, now: now)
    #expect(key.state == .disabled)
    #expect(key.deletionDate == nil)
  }

  // MARK: Imported material

  @Test(arguments: KeyState.allCases)
  func lostMaterialMakesAKeyWaitUnlessItIsPendingDeletion(state: KeyState) throws {
    var key = try TestKey.make(state: state, origin: .external)
    key.materialLost()
    let stays = state == .pendingDeletion || state == .pendingReplicaDeletion
    #expect(key.state == (stays ? state : .pendingImport))
  }

  @Test(arguments: KeyState.allCases)
  func completeMaterialEnablesAKeyThatWaitedForIt(state: KeyState) throws {
    var key = try TestKey.make(state: state, origin: .external)
    key.materialComplete()
    #expect(key.state == (state == .pendingImport ? .enabled : state))
  }

  // MARK: Custom key stores

  @Test(arguments: KeyState.allCases)
  func whatCouldBeUsedIsUnavailableWhileDisconnected(state: KeyState) throws {
    let key = try TestKey.make(state: state, origin: .externalKeyStore)
    #expect(key.disconnected().state == (state == .enabled ? .unavailable : state))
    #expect(key.state == state)
  }
}
