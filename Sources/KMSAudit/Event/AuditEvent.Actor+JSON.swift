// CloudTrail's `userIdentity`.

import AWSJSON
import FoundationEssentials
import KMSAccess
import KMSDomain

extension AuditEvent.Actor {
  func encode(_ writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .service(let account):
      writer.member("accountId")
      writer.string(account.description)
      writer.member("invokedBy")
      writer.string("AWS Internal")
    case .otherAccount(let account, let principalID):
      writer.member("type")
      writer.string("AWSAccount")
      writer.member("principalId")
      writer.string(principalID)
      writer.member("accountId")
      writer.string(account.description)
    case .principal(let identity, let accessKeyID):
      Self.encode(identity, accessKeyID, &writer)
    case .webIdentity(let user):
      writer.member("type")
      writer.string("WebIdentityUser")
      writer.member("principalId")
      writer.string(user.principalID.limited(to: AuditEvent.TextLimit.other))
      writer.member("userName")
      writer.string(user.userName.limited(to: AuditEvent.TextLimit.other))
      writer.member("identityProvider")
      writer.string(user.identityProvider.limited(to: AuditEvent.TextLimit.other))
    }
    writer.endObject()
  }

  private static func encode(_ identity: CallerIdentity, _ accessKeyID: String, _ writer: inout JSONWriter) {
    writer.member("type")
    switch identity.kind {
    case .root: writer.string("Root")
    case .user: writer.string("IAMUser")
    case .assumedRole: writer.string("AssumedRole")
    }
    writer.member("principalId")
    writer.string(identity.userID)
    writer.member("arn")
    writer.string(identity.arn)
    writer.member("accountId")
    writer.string(identity.account.description)
    writer.member("accessKeyId")
    writer.string(accessKeyID.limited(to: AuditEvent.TextLimit.other))
    switch identity.kind {
    case .root: break
    case .user(let name):
      writer.member("userName")
      writer.string(name)
    case .assumedRole(let session):
      writer.member("sessionContext")
      encode(session, of: identity.account, &writer)
    }
  }

  private static func encode(
    _ session: CallerIdentity.AssumedRole, of account: AccountID, _ writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("sessionIssuer")
    writer.beginObject()
    writer.member("type")
    writer.string("Role")
    writer.member("principalId")
    writer.string(session.roleID)
    writer.member("arn")
    writer.string(session.roleARN)
    writer.member("accountId")
    writer.string(account.description)
    writer.member("userName")
    writer.string(session.roleName)
    writer.endObject()
    if let provider = session.federatedProvider {
      writer.member("webIdFederationData")
      writer.beginObject()
      writer.member("federatedProvider")
      writer.string(provider)
      writer.member("attributes")
      writer.beginObject()
      writer.endObject()
      writer.endObject()
    }
    writer.member("attributes")
    writer.beginObject()
    writer.member("creationDate")
    writer.dateTime(secondsSince1970: session.issueTime.timeIntervalSince1970)
    writer.member("mfaAuthenticated")
    writer.string("false")
    writer.endObject()
    if let sourceIdentity = session.sourceIdentity {
      writer.member("sourceIdentity")
      writer.string(sourceIdentity.limited(to: AuditEvent.TextLimit.other))
    }
    writer.endObject()
  }
}
