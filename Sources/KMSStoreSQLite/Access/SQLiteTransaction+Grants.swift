// Grants.

import GRDB
import KMSDomain

extension SQLiteTransaction {
  func grant(_ id: String, on keyID: KeyID, region: Region) throws(Fault) -> Grant? {
    try perform {
      try fetch(.selectGrant, [region.description, keyID.description, bindable(id)], Grant.init).first
    }
  }

  func grants(
    on keyID: KeyID, region: Region, granteePrincipal: String?, after id: String?, limit: Int
  ) throws(Fault) -> [Grant] {
    let statement: StoreStatement = granteePrincipal == nil ? .selectGrants : .selectGrantsOfGrantee
    var arguments: [(any DatabaseValueConvertible)?] = [region.description, keyID.description]
    if let granteePrincipal { arguments.append(bindable(granteePrincipal)) }
    arguments += [bindable(id ?? ""), max(limit, 0)]
    return try perform { try fetch(statement, arguments, Grant.init) }
  }

  func grants(named name: String, on keyID: KeyID, region: Region) throws(Fault) -> [Grant] {
    try perform {
      try fetch(.selectGrantsByName, [region.description, keyID.description, bindable(name)], Grant.init)
    }
  }

  func grants(
    retirableBy principal: String, region: Region, after position: (grantID: String, keyID: KeyID)?, limit: Int
  ) throws(Fault) -> [Grant] {
    let arguments: [(any DatabaseValueConvertible)?] = [
      region.description, bindable(principal), bindable(position?.grantID ?? ""),
      position?.keyID.description ?? "", max(limit, 0),
    ]
    return try perform { try fetch(.selectRetirableGrants, arguments, Grant.init) }
  }

  func grantCount(on keyID: KeyID, region: Region) throws(Fault) -> Int {
    let arguments = [region.description, keyID.description]
    return try perform { try fetch(.selectGrantCount, arguments) { try $0.count(0) }.first ?? 0 }
  }

  func insert(_ grant: Grant) throws(Fault) {
    try perform { _ = try execute(.insertGrant, try grant.arguments) }
  }

  func deleteGrant(_ id: String, on keyID: KeyID, region: Region) throws(Fault) {
    try perform { _ = try execute(.deleteGrant, [region.description, keyID.description, bindable(id)]) }
  }
}
