// What `keywright principal update` changes.

import KMSDomain

/// Changes to a principal; documents and tags are valid by themselves.
struct PrincipalUpdate: Sendable {
  var permissionsBoundary: String?
  var removesPermissionsBoundary: Bool
  var trustPolicy: String?
  var maximumSessionDuration: Int?
  var tags: [Tag]
  /// The keys of tags that are to go; none of `tags` has one of them.
  var untaggedKeys: [String]

  /// Makes the changes; one that cannot be made ends the command.
  func apply(to principal: inout Principal) throws(Fault) {
    if removesPermissionsBoundary {
      guard principal.permissionsBoundary != nil else {
        throw .command(.noInput, "\(principal.arn) has no permissions boundary")
      }
      principal.permissionsBoundary = nil
    }
    if let permissionsBoundary { principal.permissionsBoundary = permissionsBoundary }
    if let trustPolicy { principal.trustPolicy = trustPolicy }
    if let maximumSessionDuration { principal.maximumSessionDuration = maximumSessionDuration }
    try applyTags(to: &principal)
  }

  private func applyTags(to principal: inout Principal) throws(Fault) {
    for key in untaggedKeys {
      guard let index = principal.tags.firstIndex(where: { $0.isOf(key) }) else {
        throw .command(.noInput, "\(principal.arn) has no tag '\(key)'")
      }
      principal.tags.remove(at: index)
    }
    for tag in tags {
      if let index = principal.tags.firstIndex(where: { $0.isOf(tag.key) }) {
        principal.tags[index] = tag
      } else {
        principal.tags.append(tag)
      }
    }
    guard principal.tags.count <= Principal.maximumTags else {
      throw .command(.usage, PrincipalAttributes.tooManyTags)
    }
  }
}
