// One request in the trails of several accounts.

import AWSJSON
import KMSAccess
public import KMSDomain

extension AuditEvent {
  /// The record in the caller's trail, and after it one in the trail of each other account that owns something that was
  /// used. They share an id.
  ///
  /// Owners learn which principal of which account it was, by its unique id, as CloudTrail tells them.
  public func shared(with owners: [AccountID]) -> [AuditEvent] {
    guard case .principal(let identity, _) = actor else { return [self] }
    var others: [AccountID] = []
    for owner in owners where owner != recipientAccount && !others.contains(owner) { others.append(owner) }
    guard !others.isEmpty else { return [self] }
    var own = self
    own.sharedEventID = RandomUUID.text()
    return [own]
      + others.map { owner in
        var copy = own
        copy.actor = .otherAccount(identity.account, principalID: identity.userID)
        copy.eventID = RandomUUID.text()
        copy.recipientAccount = owner
        return copy
      }
  }
}
