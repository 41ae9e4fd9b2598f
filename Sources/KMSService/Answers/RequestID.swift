// The id by which a request is found again in logs.

import AWSJSON

/// A random UUID: every answer carries one.
struct RequestID: Sendable, CustomStringConvertible {
  let description = RandomUUID.text()
}
