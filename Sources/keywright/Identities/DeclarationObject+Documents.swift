// Policies and tags in a declaration.

import AWSJSON
import KMSAccess
import KMSDomain

extension DeclarationObject {
  /// The policies under `policies`: each a document, or a mapping of a `name` and a `document`.
  func policies() throws(DeclarationError) -> [Principal.Policy] {
    var policies: [Principal.Policy] = []
    for (index, (node, place)) in try list("policies").enumerated() {
      var (name, document, documentPlace) = ("policy-\(index + 1)", node, place)
      if case .mapping(let members) = node, members.contains(where: { $0.name == "document" }) {
        let object = try DeclarationObject(node, at: place, members: ["name", "document"])
        name = try object.text("name")
        guard Principal.isPolicyName(name) else {
          throw DeclarationError(
            "a policy's name has 1 to 128 letters, digits and +=,.@_-", at: object.place(of: "name"))
        }
        (document, documentPlace) = (object.node("document") ?? .null, object.place(of: "document"))
      }
      guard !policies.contains(where: { $0.name == name }) else {
        throw DeclarationError("there is another policy of this name", at: place)
      }
      let text = try document.documentText(at: documentPlace) { (text) throws(PolicyError) in
        _ = try IdentityPolicy(text)
      }
      policies.append(Principal.Policy(name: name, document: text))
    }
    return policies
  }

  /// The document under `permissionsBoundary`.
  func permissionsBoundary() throws(DeclarationError) -> String? {
    let name = "permissionsBoundary"
    return try node(name)?.documentText(at: place(of: name)) { (text) throws(PolicyError) in
      _ = try IdentityPolicy(text)
    }
  }

  /// The document under `trustPolicy`, which must be there.
  func trustPolicy(partition: String) throws(DeclarationError) -> String {
    let name = "trustPolicy"
    guard let node = node(name) else { throw DeclarationError("'\(name)' is missing", at: place) }
    return try node.documentText(at: place(of: name)) { (text) throws(PolicyError) in
      _ = try TrustPolicy(text, partition: partition)
    }
  }

  /// The tags under `tags`: a mapping of texts.
  func tags() throws(DeclarationError) -> [Tag] {
    let place = place(of: "tags")
    guard let node = node("tags") else { return [] }
    guard case .mapping(let members) = node else { throw DeclarationError("a mapping is needed", at: place) }
    guard members.count <= Principal.maximumTags else {
      throw DeclarationError(PrincipalAttributes.tooManyTags, at: place)
    }
    var tags: [Tag] = []
    for member in members {
      guard let value = member.value.spelling, Principal.isTag(Tag(key: member.name, value: value)) else {
        throw DeclarationError("a tag has a key of 1 to 128 and a value of up to 256 characters", at: place)
      }
      guard !tags.contains(where: { $0.isOf(member.name) }) else {
        throw DeclarationError("a tag is there twice", at: place)
      }
      tags.append(Tag(key: member.name, value: value))
    }
    return tags
  }
}

extension DeclarationNode {
  /// How long a document may be, in bytes. It keeps aliases that multiply from filling the memory.
  private static let maximumDocument = 131_072

  /// The JSON text of a policy document, which is a mapping, or is JSON text already; checked by `parse`.
  fileprivate func documentText(
    at place: String, _ parse: (String) throws(PolicyError) -> Void
  ) throws(DeclarationError) -> String {
    let text: String
    switch self {
    case .text(let json): text = json
    case .mapping:
      var writer = JSONWriter()
      write(to: &writer)
      text = String(decoding: writer.finish(), as: UTF8.self)
    case .list, .literal, .null: throw DeclarationError("a policy document is needed", at: place)
    }
    guard text.utf8.count <= Self.maximumDocument else { throw DeclarationError("it is too large", at: place) }
    do throws(PolicyError) {
      try parse(text)
    } catch {
      throw DeclarationError(error.description, at: place)
    }
    return text
  }
}
