// An instant on the command line.

import ArgumentParser
import Foundation

/// An instant in ISO 8601 (`2026-11-23T19:24:00Z`) or in seconds since 1970.
struct TimestampArgument: ExpressibleByArgument {
  let date: Date

  init?(argument: String) {
    if let seconds = Double(argument), seconds.isFinite {
      date = Date(timeIntervalSince1970: seconds)
    } else if let date = try? Date(argument, strategy: .iso8601) {
      self.date = date
    } else {
      return nil
    }
  }
}
