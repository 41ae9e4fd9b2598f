// One kind of call of the XKS proxy API: how it is asked, and what a good answer is.

import AWSJSON
import KMSOperations

/// A call with its parameters.
protocol ProxyCall: Sendable {
  /// What a proxy answers.
  associatedtype Answer

  /// Writes the members of the request beyond `requestMetadata`.
  func write(_ writer: inout JSONWriter)

  /// Reads an answer, and holds it against the request.
  func answer(_ body: [UInt8]) throws(MalformedAnswer) -> Answer
}

/// An answer that the XKS proxy API does not allow.
struct MalformedAnswer: Error, Hashable {
  init() {}

  /// JSON that does not say what it should.
  init(_ error: JSONError) {}
}

extension ProxyCall {
  /// The request's body.
  func body(_ metadata: ProxyRequestMetadata) -> [UInt8] {
    var writer = JSONWriter(capacity: 1024)
    writer.beginObject()
    writer.member("requestMetadata")
    writer.beginObject()
    if let principal = metadata.principalARN {
      writer.member("awsPrincipalArn")
      writer.string(principal)
    }
    if let key = metadata.keyARN {
      writer.member("kmsKeyArn")
      writer.string(key)
    }
    writer.member("kmsOperation")
    writer.string(metadata.operation)
    writer.member("kmsRequestId")
    writer.string(metadata.requestID)
    writer.endObject()
    write(&writer)
    writer.endObject()
    return writer.finish()
  }

  /// Reads one JSON object to its end, `readMember` taking or skipping each value.
  func readObject(
    _ body: [UInt8], _ readMember: (JSONName, inout JSONReader) throws(JSONError) -> Void
  ) throws(MalformedAnswer) {
    var reader = JSONReader(body, maximumDepth: 16)
    do throws(JSONError) {
      try reader.beginObject()
      while let name = try reader.nextMember() { try readMember(name, &reader) }
      try reader.finish()
    } catch {
      throw MalformedAnswer(error)
    }
  }
}
