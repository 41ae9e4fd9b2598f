// An error that a proxy answers.

import AWSJSON
import KMSOperations

/// The body of an answer that is no success.
struct ProxyRefusal {
  /// Which error it is.
  let name: ProxyFailure.Refusal
  /// The proxy's words, for the log only.
  let message: String?

  /// Reads a body. One that names no error of the API makes no sense.
  init(_ body: [UInt8]) throws(ProxyFailure) {
    var name: String?
    var message: String?
    var reader = JSONReader(body, maximumDepth: 16)
    do throws(JSONError) {
      try reader.beginObject()
      while let member = try reader.nextMember() {
        switch member {
        case "errorName": name = try reader.readString()
        case "errorMessage": message = try reader.readNull() ? nil : reader.readString()
        default: try reader.skipValue()
        }
      }
      try reader.finish()
    } catch {
      throw .malformedResponse
    }
    guard let refusal = name.flatMap(ProxyFailure.Refusal.init) else { throw .malformedResponse }
    self.name = refusal
    self.message = message.map(Self.presentable)
  }

  /// The text if it is what the API allows, printable ASCII and not long: somebody else's words go into our log.
  private static func presentable(_ text: String) -> String {
    guard text.utf8.count < 512, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return "(not printable)" }
    return text
  }
}
