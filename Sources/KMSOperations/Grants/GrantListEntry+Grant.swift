// The public view of a grant.

import KMSDomain
import KMSModel

extension GrantListEntry {
  /// What listings show of `grant`.
  init(_ grant: Grant) {
    self.init(
      keyID: grant.home.keyARN(grant.keyID), grantID: grant.id, creationDate: grant.creationDate,
      granteePrincipal: grant.granteePrincipal,
      issuingAccount: "arn:\(grant.home.region.partition):iam::\(grant.issuingAccount):root",
      operations: grant.operations.map { KMSModel.GrantOperation(rawValue: $0.rawValue) }, name: grant.name ?? "",
      retiringPrincipal: grant.retiringPrincipal,
      constraints: grant.constraints.map { constraints in
        KMSModel.GrantConstraints(
          encryptionContextSubset: constraints.encryptionContextSubset,
          encryptionContextEquals: constraints.encryptionContextEquals)
      })
  }
}
