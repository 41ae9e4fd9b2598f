// JSON, or bytes, on standard output.

import AWSJSON
import Foundation
import KMSDomain
import SecureMemory

/// What commands print. It may hold a secret, so it is wiped when it has been written.
enum CommandOutput {
  /// Prints one JSON value and a line end.
  static func print(_ write: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    write(&writer)
    var bytes = writer.finish()
    defer { SecretBytes.wipe(&bytes) }
    bytes.withUnsafeBytes { standardOutput($0) }
    "\n".utf8.withContiguousStorageIfAvailable { standardOutput(UnsafeRawBufferPointer($0)) }
  }

  /// Writes the bytes as they are, without a line end.
  static func write(_ secret: SecretBytes) {
    secret.withUnsafeBytes { standardOutput($0) }
  }

  private static func standardOutput(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = Foundation.write(STDOUT_FILENO, start, rest.count)
      guard count > 0 else { return }  // whoever was reading has gone
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }
}

extension JSONWriter {
  /// A principal in IAM's words, with its documents as they stand.
  mutating func principal(_ principal: Principal, accessKeys: [AccessKey]? = nil) {
    beginObject()
    member("Arn" as StaticString)
    string(principal.arn)
    member(principal.kind == .user ? "UserName" : "RoleName")
    string(principal.name)
    member(principal.kind == .user ? "UserId" : "RoleId")
    string(principal.id)
    member("Path" as StaticString)
    string(principal.path)
    member("CreateDate" as StaticString)
    timestamp(principal.creationDate, .dateTime)
    member("Policies" as StaticString)
    list(principal.policies) { writer, policy in
      writer.beginObject()
      writer.member("PolicyName" as StaticString)
      writer.string(policy.name)
      writer.member("PolicyDocument" as StaticString)
      writer.policyDocument(policy.document)
      writer.endObject()
    }
    if let boundary = principal.permissionsBoundary {
      member("PermissionsBoundary" as StaticString)
      policyDocument(boundary)
    }
    if let trustPolicy = principal.trustPolicy {
      member("AssumeRolePolicyDocument" as StaticString)
      policyDocument(trustPolicy)
      member("MaxSessionDuration" as StaticString)
      int(principal.maximumSessionDuration)
    }
    member("Tags" as StaticString)
    list(principal.tags) { writer, tag in
      writer.beginObject()
      writer.member("Key" as StaticString)
      writer.string(tag.key)
      writer.member("Value" as StaticString)
      writer.string(tag.value)
      writer.endObject()
    }
    if let accessKeys {
      member("AccessKeys" as StaticString)
      list(accessKeys) { writer, key in writer.accessKey(key) }
    }
    endObject()
  }

  /// What may be known of an access key.
  mutating func accessKey(_ key: AccessKey) {
    beginObject()
    accessKeyMembers(key)
    endObject()
  }

  /// An access key that was made just now, with its secret.
  mutating func accessKey(_ key: AccessKey, secret: SecretBytes) {
    beginObject()
    accessKeyMembers(key)
    member("SecretAccessKey" as StaticString)
    secretText(secret)
    endObject()
  }

  private mutating func accessKeyMembers(_ key: AccessKey) {
    member("AccessKeyId" as StaticString)
    string(key.id)
    member("Arn" as StaticString)
    string(key.principalARN)
    member("Status" as StaticString)
    string(key.isActive ? "Active" : "Inactive")
    member("CreateDate" as StaticString)
    timestamp(key.creationDate, .dateTime)
  }

  /// A document as JSON; one that does not parse any more as text.
  private mutating func policyDocument(_ text: String) {
    if let document = try? DeclarationNode(json: text) { document.write(to: &self) } else { string(text) }
  }
}
