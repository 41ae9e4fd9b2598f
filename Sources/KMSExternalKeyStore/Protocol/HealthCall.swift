// GetHealthStatus: whether there is anything behind the proxy that works.

import AWSJSON
import KMSOperations

/// Asks for the health of proxy and key manager.
struct HealthCall: ProxyCall {
  func write(_ writer: inout JSONWriter) {}

  func answer(_ body: [UInt8]) throws(MalformedAnswer) -> KeyManagerHealth {
    var fleetSize: Int?
    var names: Set<String> = []
    var instances: [KeyManagerHealth.Status?] = []
    try readObject(body) { (name, reader) throws(JSONError) in
      switch name {
      case "xksProxyFleetSize": fleetSize = try reader.readInt(bits: 32)
      case "xksProxyVendor", "xksProxyModel", "ekmVendor":
        _ = try reader.readString()
        names.insert(name.string)
      case "ekmFleetDetails":
        instances = []
        try reader.beginArray()
        while try reader.nextElement() { instances.append(try Self.readInstance(&reader)) }
      default: try reader.skipValue()
      }
    }
    let known = instances.compactMap(\.self)
    guard let fleetSize, fleetSize >= 1, names.count == 3, (1...10).contains(instances.count),
      known.count == instances.count
    else { throw MalformedAnswer() }
    return KeyManagerHealth(instances: known)
  }

  /// One instance's status; nil when it does not say it as it must.
  private static func readInstance(_ reader: inout JSONReader) throws(JSONError) -> KeyManagerHealth.Status? {
    var names: Set<String> = []
    var status: KeyManagerHealth.Status?
    try reader.beginObject()
    while let name = try reader.nextMember() {
      switch name {
      case "id", "model":
        _ = try reader.readString()
        names.insert(name.string)
      case "healthStatus": status = KeyManagerHealth.Status(rawValue: try reader.readString())
      default: try reader.skipValue()
      }
    }
    return names.count == 2 ? status : nil
  }
}
