// What the service keeps about the store itself.

import GRDB
import KMSDomain

extension SQLiteTransaction {
  func property(_ name: String) throws(Fault) -> [UInt8]? {
    try perform { try fetch(.selectProperty, [bindable(name)]) { try $0.bytes(0) }.first }
  }

  func setProperty(_ name: String, to value: [UInt8]) throws(Fault) {
    try perform { _ = try execute(.putProperty, [bindable(name), bindable(value)]) }
  }
}
