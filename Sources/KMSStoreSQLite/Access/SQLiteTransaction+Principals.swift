// Principals.

import GRDB
import KMSDomain

extension SQLiteTransaction {
  func principal(_ arn: String) throws(Fault) -> Principal? {
    try perform { try fetch(.selectPrincipal, [bindable(arn)], Principal.init).first }
  }

  func principals(in account: AccountID, after arn: String?, limit: Int) throws(Fault) -> [Principal] {
    let arguments: [(any DatabaseValueConvertible)?] = [account.description, bindable(arn ?? ""), max(limit, 0)]
    return try perform { try fetch(.selectPrincipalsOfAccount, arguments, Principal.init) }
  }

  func principals(after arn: String?, limit: Int) throws(Fault) -> [Principal] {
    try perform { try fetch(.selectPrincipals, [bindable(arn ?? ""), max(limit, 0)], Principal.init) }
  }

  func put(_ principal: Principal) throws(Fault) {
    try perform { _ = try execute(.putPrincipal, try principal.arguments) }
  }

  func deletePrincipal(_ arn: String) throws(Fault) {
    try perform {
      try execute(.deleteAccessKeysOfPrincipal, [bindable(arn)])
      try execute(.deletePrincipal, [bindable(arn)])
    }
  }
}
