// Who there is in a service that verifies signatures, beside its administrator.

import Foundation
import KMSClient

/// The users and roles that the service is started with.
enum Identities {
  /// Nothing is allowed to her but to assume ``roleARN``.
  static let alice = accessKey("AKIAALICEALICEALICE1")
  /// Nothing is allowed to him but what grants say.
  static let grantee = accessKey("AKIAGRANTEEGRANTEE12")
  static let granteeARN = "arn:aws:iam::123456789012:user/grantee"
  /// Allows everything that KMS does, to whom alice makes of it.
  static let roleARN = "arn:aws:iam::123456789012:role/app"

  /// The file for `--identities`.
  static var file: Data {
    let trust = policy(allowing: "sts:AssumeRole", to: "arn:aws:iam::123456789012:user/alice")
    let users = [("alice", alice), ("grantee", grantee)].map { name, key in
      #"{"name":"\#(name)","accessKeys":[{"id":"\#(key.accessKeyID)","secret":"\#(key.secretAccessKey)"}]}"#
    }
    let role =
      #"{"name":"app","trustPolicy":\#(trust),"policies":[\#(policy(allowing: "kms:*", on: "*"))]}"#
    return Data(
      #"{"accounts":[{"id":"123456789012","users":[\#(users.joined(separator: ","))],"roles":[\#(role)]}]}"#.utf8)
  }

  private static func accessKey(_ id: String) -> AccessKey {
    AccessKey(accessKeyID: id, secretAccessKey: "only-for-tests/" + id + "/AAAA")
  }

  /// A policy document of one statement.
  static func policy(allowing action: String, to principal: String? = nil, on resource: String? = nil) -> String {
    let principal = principal.map { #","Principal":{"AWS":"\#($0)"}"# } ?? ""
    let resource = resource.map { #","Resource":"\#($0)""# } ?? ""
    return
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"\#(action)"\#(principal)\#(resource)}]}"#
  }
}
