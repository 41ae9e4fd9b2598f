// Access keys.

import GRDB
import KMSDomain

extension SQLiteTransaction {
  func accessKey(_ id: String) throws(Fault) -> AccessKey? {
    try perform { try fetch(.selectAccessKey, [bindable(id)], AccessKey.init).first }
  }

  func accessKeys(of principalARN: String) throws(Fault) -> [AccessKey] {
    try perform { try fetch(.selectAccessKeysOfPrincipal, [bindable(principalARN)], AccessKey.init) }
  }

  func accessKeys(after id: String?, limit: Int) throws(Fault) -> [AccessKey] {
    try perform { try fetch(.selectAccessKeys, [bindable(id ?? ""), max(limit, 0)], AccessKey.init) }
  }

  func put(_ accessKey: AccessKey) throws(Fault) {
    try perform { _ = try execute(.putAccessKey, try accessKey.arguments) }
  }

  func deleteAccessKey(_ id: String) throws(Fault) {
    try perform { _ = try execute(.deleteAccessKey, [bindable(id)]) }
  }
}
