// When a key rotates by itself.

public import struct FoundationEssentials.Date

/// Automatic rotation: how often, and when next.
public struct RotationSchedule: Hashable, Sendable {
  /// The period of a schedule that names none, in days.
  public static let defaultPeriodInDays = 365

  /// Days between rotations, 90 to 2560.
  public let periodInDays: Int
  /// When the next rotation is due.
  public let nextDate: Date

  /// A schedule as a store read it.
  public init(periodInDays: Int, nextDate: Date) {
    self.periodInDays = periodInDays
    self.nextDate = nextDate
  }

  /// A schedule whose first period starts at `date`.
  public init(periodInDays: Int, from date: Date) {
    self.init(periodInDays: periodInDays, nextDate: date.addingTimeInterval(Double(periodInDays) * 86_400))
  }
}
