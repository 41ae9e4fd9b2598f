// What the audit trail keeps of requests for sessions: everything but tokens and secrets.

import AWSJSON
import KMSAccess
import KMSDomain
import FoundationEssentials

extension RoleSessionInput {
  fileprivate var auditParameters: [String: JSONValue] {
    var parameters: [String: JSONValue] = ["roleArn": .string(roleARN), "roleSessionName": .string(sessionName)]
    if let duration { parameters["durationSeconds"] = .integer(Int64(duration)) }
    if let policy { parameters["policy"] = .string(policy) }
    return parameters
  }
}

extension AssumeRoleInput {
  /// The parameters by their names in lower camel case.
  var auditParameters: [String: JSONValue] {
    var parameters = session.auditParameters
    if let externalID = request.externalID { parameters["externalId"] = .string(externalID) }
    if let sourceIdentity = request.sourceIdentity { parameters["sourceIdentity"] = .string(sourceIdentity) }
    if !request.tags.isEmpty {
      parameters["principalTags"] = .object(
        Dictionary(request.tags.map { ($0.key, JSONValue.string($0.value)) }) { first, _ in first })
    }
    if !request.transitiveTagKeys.isEmpty {
      parameters["transitiveTagKeys"] = .array(request.transitiveTagKeys.map(JSONValue.string))
    }
    return parameters
  }
}

extension AssumeRoleWithWebIdentityInput {
  /// The parameters by their names in lower camel case, without the token.
  var auditParameters: [String: JSONValue] { session.auditParameters }
}

extension BegunSession {
  /// What was answered, without the secret and the session token.
  var auditElements: [String: JSONValue] {
    var elements: [String: JSONValue] = [
      "credentials": .object([
        "accessKeyId": .string(content.accessKeyID), "expiration": .string(content.expiry.formatted(.iso8601)),
      ]),
      "assumedRoleUser": .object(["assumedRoleId": .string(assumedRoleID), "arn": .string(arn)]),
    ]
    if let packedPolicySize { elements["packedPolicySize"] = .integer(Int64(packedPolicySize)) }
    if let sourceIdentity = content.sourceIdentity { elements["sourceIdentity"] = .string(sourceIdentity) }
    if let webIdentity {
      elements["subjectFromWebIdentityToken"] = .string(webIdentity.subject)
      elements["provider"] = .string(webIdentity.providerARN)
      elements["audience"] = .string(webIdentity.audience)
    }
    return elements
  }

  /// The role's unique id and the session's name.
  var assumedRoleID: String { "\(content.roleID):\(content.sessionName)" }
}

extension STSEvent.WebIdentityUser {
  init(_ identity: WebIdentity) {
    principalID = "\(identity.providerARN):\(identity.audience):\(identity.subject)"
    userName = identity.subject
    identityProvider = identity.providerARN
  }
}
