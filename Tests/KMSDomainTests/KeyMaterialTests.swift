// The generations of a key's material.

import FoundationEssentials
import KMSDomain
import Testing

@Suite struct KeyMaterialTests {
  let now = Date(timeIntervalSince1970: 1_700_000_000)

  @Test func aKeyBeforeItsFirstImportHasNoMaterial() throws {
    let key = try TestKey.make(state: .pendingImport, origin: .external)
    #expect(key.currentMaterial == nil)
    #expect(key.pendingMaterial == nil)
    #expect(key.lacksMaterial)
    #expect(key.validTo == nil)
    #expect(key.onDemandRotationCount == 0)
  }

  @Test func whatIsCurrentAndWhatIsPending() throws {
    var key = try TestKey.make(
      origin: .external, materials: [TestKey.material("a", .nonCurrent), TestKey.material("b", .current)])
    #expect(key.currentMaterial?.id == "b")
    #expect(key.pendingMaterial == nil)
    for state in [WrappedKeyMaterial.State.pendingRotation, .pendingMultiRegionImportAndRotation] {
      key = try TestKey.make(
        origin: .external, materials: [TestKey.material("b", .current), TestKey.material("c", state)])
      #expect(key.currentMaterial?.id == "b")
      #expect(key.pendingMaterial?.id == "c")
    }
  }

  @Test(arguments: [
    (WrappedKeyMaterial.State.current, true), (.nonCurrent, true), (.pendingRotation, false),
    (.pendingMultiRegionImportAndRotation, false),
  ])
  func onlyPendingMaterialIsNotForGood(state: WrappedKeyMaterial.State, isPermanent: Bool) {
    #expect(TestKey.material("a", state).isPermanent == isPermanent)
  }

  @Test(arguments: [
    ([TestKey.material("a", .current)], false),
    ([TestKey.material("a", .current, isThere: false)], true),
    ([TestKey.material("a", .nonCurrent, isThere: false), TestKey.material("b", .current)], true),
    ([TestKey.material("a", .nonCurrent), TestKey.material("b", .current)], false),
    ([TestKey.material("a", .pendingRotation)], true),
    (
      [TestKey.material("a", .current), TestKey.material("b", .pendingMultiRegionImportAndRotation, isThere: false)],
      false
    ),
  ])
  func materialIsLackedWhenSomeForGoodIsMissing(materials: [WrappedKeyMaterial], lacksMaterial: Bool) throws {
    #expect(try TestKey.make(origin: .external, materials: materials).lacksMaterial == lacksMaterial)
  }

  @Test func theEarliestEndCountsOfMaterialThatIsThereForGood() throws {
    let ends = (1...5).map { now.addingTimeInterval(Double($0)) }
    let materials = [
      TestKey.material("a", .nonCurrent, isThere: false, validTo: ends[0]),
      TestKey.material("b", .nonCurrent, validTo: ends[3]), TestKey.material("c", .nonCurrent),
      TestKey.material("d", .current, validTo: ends[2]), TestKey.material("e", .pendingRotation, validTo: ends[1]),
    ]
    #expect(try TestKey.make(origin: .external, materials: materials).validTo == ends[2])
    #expect(try TestKey.make(origin: .external, materials: [materials[0], materials[2]]).validTo == nil)
  }

  // MARK: Rotation

  @Test func rotationToFreshMaterial() throws {
    var key = try TestKey.make(materials: [TestKey.material("a", .nonCurrent), TestKey.material("b", .current)])
    let rotation = WrappedKeyMaterial.Rotation(date: now, cause: .automatic)
    key.rotate(to: TestKey.material("c", .pendingRotation), rotation)
    #expect(key.materials.map(\.id) == ["a", "b", "c"])
    #expect(key.materials.map(\.state) == [.nonCurrent, .nonCurrent, .current])
    #expect(key.materials.map(\.rotation) == [nil, nil, rotation])
    #expect(key.currentMaterial?.wrapped == Array("c".utf8))
    #expect(key.state == .enabled)
  }

  @Test func rotationToMaterialThatWasPending() throws {
    var key = try TestKey.make(origin: .external, materials: [TestKey.material("a", .current)])
    let pending = TestKey.material("b", .pendingRotation, validTo: now)
    key.add(pending)
    #expect(key.materials.map(\.id) == ["a", "b"])
    #expect(key.currentMaterial?.id == "a")
    key.rotate(to: pending, .init(date: now, cause: .onDemand))
    #expect(key.materials.map(\.id) == ["a", "b"])
    #expect(key.materials.map(\.state) == [.nonCurrent, .current])
    #expect(key.pendingMaterial == nil)
    #expect(key.currentMaterial?.validTo == now)
  }

  @Test func rotationsOnDemandAreCounted() throws {
    var key = try TestKey.make(materials: [TestKey.material("first", .current)])
    let causes: [WrappedKeyMaterial.Rotation.Cause] = [.onDemand, .automatic, .onDemand, .onDemand, .automatic]
    for (number, cause) in causes.enumerated() {
      key.rotate(to: TestKey.material("\(number)", .current), .init(date: now, cause: cause))
    }
    #expect(key.onDemandRotationCount == 3)
    #expect(key.materials.count == 6)
    #expect(key.materials.count { $0.state == .current } == 1)
  }

  // MARK: Changes

  @Test func oneMaterialChanges() throws {
    var key = try TestKey.make(materials: [TestKey.material("a", .nonCurrent), TestKey.material("b", .current)])
    key.changeMaterial("a") { $0.description = "another" }
    key.changeMaterial("missing") { $0.description = "nobody's" }
    #expect(key.materials.map(\.description) == ["another", "of b"])
  }

  @Test(arguments: [
    (WrappedKeyMaterial.State.current, KeyState.enabled, KeyState.pendingImport),
    (.nonCurrent, .disabled, .pendingImport), (.current, .pendingDeletion, .pendingDeletion),
    (.nonCurrent, .pendingReplicaDeletion, .pendingReplicaDeletion),
  ])
  func removedMaterialThatIsNeededLeavesItsName(
    state: WrappedKeyMaterial.State, before: KeyState, after: KeyState
  ) throws {
    let material = TestKey.material("a", state, validTo: now)
    var key = try TestKey.make(state: before, origin: .external, materials: [material])
    key.remove(material)
    #expect(key.state == after)
    #expect(key.materials.map(\.id) == ["a"])
    #expect(key.materials.map(\.state) == [state])
    #expect(key.materials.map(\.description) == ["of a"])
    #expect(key.materials.map(\.wrapped) == [nil])
    #expect(key.materials.map(\.validTo) == [nil])
    #expect(key.lacksMaterial)
  }

  @Test func pendingMaterialIsSettledByWhoHasIt() throws {
    let current = TestKey.material("a", .current)
    var lost = TestKey.material("b", .pendingRotation)
    lost.wrapped = nil
    let role = try TestKey.role(primary: "eu-west-1", replicas: "us-east-1")
    let has = try TestKey.make(
      origin: .external, materials: [current, TestKey.material("b", .pendingRotation)], multiRegion: role)
    let lacks = try TestKey.make(origin: .external, materials: [current, lost], multiRegion: role)
    var all = [has, has]
    all.settlePendingMaterial()
    #expect(all.map(\.pendingMaterial?.state) == [.pendingRotation, .pendingRotation])
    var one = [has, lacks]
    one.settlePendingMaterial()
    #expect(one.map(\.pendingMaterial?.state) == Array(repeating: .pendingMultiRegionImportAndRotation, count: 2))
    var none = [lacks, lacks]
    none.settlePendingMaterial()
    #expect(none.map(\.materials) == [[current], [current]])
    #expect(none.map(\.state) == [.enabled, .enabled])
    var nothing = [try TestKey.make(origin: .external, materials: [current])]
    let before = nothing
    nothing.settlePendingMaterial()
    #expect(nothing == before)
  }
}
