// How commands end when something is wrong: the codes of sysexits(3), and one line for the operator.

import ArgumentParser
import Foundation

/// A failure of a command: what to print, and the code to exit with.
struct CommandFailure: Error {
  /// The codes of sysexits(3) that this program uses.
  enum Status: Int32 {
    /// The service answered with an error.
    case serviceError = 1
    /// The command line is wrong.
    case usage = 64
    /// A file's content is wrong.
    case dataError = 65
    /// A file cannot be read.
    case noInput = 66
    /// A service cannot be reached, or an address not be had.
    case unavailable = 69
    /// A file cannot be made.
    case cannotCreate = 73
    /// Somebody else is using it: try again later.
    case temporaryFailure = 75
    /// Permission is missing.
    case noPermission = 77
    /// The configuration is wrong.
    case configuration = 78
  }

  let status: Status
  let message: String

  init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message
  }

  /// Prints the line and gives the error that makes ArgumentParser exit with the code and say no more.
  func exit() -> ExitCode {
    FileHandle.standardError.write(Data("keywright: \(message)\n".utf8))
    return ExitCode(status.rawValue)
  }
}
