// Names of keys and principals: ids, aliases and ARNs, which nearly every request carries.

import KMSAccess
import KMSDomain

func examine(_ input: [UInt8]) {
  let text = String(decoding: input, as: UTF8.self)
  do throws(Fault) {
    let reference = try KeyReference(text)
    let written: String =
      switch reference {
      case .keyID(let id): "\(id)"
      case .keyARN(let id, let home): "\(prefix(home))key/\(id)"
      case .aliasName(let name): "\(name)"
      case .aliasARN(let name, let home): "\(prefix(home))\(name)"
      }
    require(written.utf8.elementsEqual(text.utf8), "a name is nothing but its parts")
  } catch {
    require(!error.kind.rawValue.isEmpty, "a refusal has a code")
  }
  if let principal = PrincipalARN(text) {
    require(PrincipalARN(text) == principal, "a principal is read alike each time")
    require(PrincipalARN(text + ":x") != principal, "a principal is all of its text")
  }
}

private func prefix(_ home: AccountRegion) -> String {
  "arn:\(home.region.partition):kms:\(home.region):\(home.account):"
}
