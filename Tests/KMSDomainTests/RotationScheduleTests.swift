// When automatic rotation is due.

import FoundationEssentials
import KMSDomain
import Testing

@Suite struct RotationScheduleTests {
  @Test(arguments: [90, 365, 2560])
  func theFirstPeriodStartsNow(days: Int) {
    let schedule = RotationSchedule(periodInDays: days, from: TestKey.date)
    #expect(schedule.periodInDays == days)
    #expect(schedule.nextDate == Date(timeIntervalSince1970: 1_700_000_000 + Double(days) * 86_400))
    #expect(schedule == RotationSchedule(periodInDays: days, nextDate: schedule.nextDate))
  }

  @Test func aYearUnlessTold() { #expect(RotationSchedule.defaultPeriodInDays == 365) }

  @Test func aKeysScheduleStartsMovesAndEnds() throws {
    var key = try TestKey.make()
    #expect(key.rotation == nil)
    for days in [90, 365] {
      key.setRotation(RotationSchedule(periodInDays: days, from: TestKey.date))
      #expect(key.rotation?.periodInDays == days)
    }
    key.setRotation(nil)
    #expect(key.rotation == nil)
  }

  @Test func theScheduleIsHeldWhileTheKeyIsDisabledOrPendingDeletion() throws {
    let schedule = RotationSchedule(periodInDays: 90, from: TestKey.date)
    var key = try TestKey.make(rotation: schedule)
    key.disable()
    #expect(key.rotation == schedule)
    key.scheduleDeletion(inDays: 7, now: TestKey.date)
    #expect(key.rotation == schedule)
    key.cancelDeletion()
    #expect(key.rotation == schedule)
  }
}
