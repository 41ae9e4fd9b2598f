// GetKeyMetadata: what an external key is.

import AWSJSON
import KMSOperations

/// Asks for an external key's metadata.
struct MetadataCall: ProxyCall {
  func write(_ writer: inout JSONWriter) {}

  func answer(_ body: [UInt8]) throws(MalformedAnswer) -> ExternalKeyMetadata {
    var spec: String?
    var usages: [String]?
    var status: String?
    try readObject(body) { (name, reader) throws(JSONError) in
      switch name {
      case "keySpec": spec = try reader.readString()
      case "keyUsage": usages = try reader.readStringList()
      case "keyStatus": status = try reader.readString()
      default: try reader.skipValue()
      }
    }
    guard let spec, let usages, usages.count <= 10, let status else { throw MalformedAnswer() }
    return ExternalKeyMetadata(spec: spec, usages: usages, status: status)
  }
}
