// How keys move from state to state.

import FoundationEssentials
import KMSDomain
import Testing

@Suite struct KeyLifecycleTests {
  let now = Date(timeIntervalSince1970: 1_700_000_000)

  @Test func deletionIsDueAfterTheWindow() throws {
    var key = try TestKey.make()
    key.scheduleDeletion(inDays: 7, now: now)
    #expect(key.state == .pendingDeletion)
    #expect(key.deletionDate == Date(timeIntervalSince1970: 1_700_000_000 + 7 * 86_400))
  }

  @Test(arguments: [KeyState.enabled, .disabled])
  func cancelledDeletionLeavesTheKeyDisabled(before: KeyState) throws {
    var key = try TestKey.make(state: before)
    key.scheduleDeletion(inDays: 30, now: now)
    key.cancelDeletion()
    #expect(key.state == .disabled)
    #expect(key.deletionDate == nil)
  }

  @Test func cancelledDeletionOfAKeyWithoutMaterialAwaitsImportAgain() throws {
    var key = try TestKey.make(state: .pendingImport, origin: .external)
    key.scheduleDeletion(inDays: 30, now: now)
    key.cancelDeletion()
    #expect(key.state == .pendingImport)
  }

  @Test func enablingAndDisabling() throws {
    var key = try TestKey.make()
    key.disable()
    #expect(key.state == .disabled)
    key.enable()
    #expect(key.state == .enabled)
  }
}
