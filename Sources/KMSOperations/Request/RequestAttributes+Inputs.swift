// What operations have in common when they tell the conditions of policies about a request.

import KMSAccess
import KMSDomain
import KMSModel

extension RequestAttributes {
  /// The attributes of a request that names its key in any of the four forms.
  init(keyNamed name: String?) {
    self.init()
    self[.requestAlias] = name.flatMap(Self.alias).map(ConditionValue.string)
  }

  /// The attributes of a request that encrypts or decrypts.
  init(keyNamed name: String?, encryptionContext: [String: String]?, algorithm: EncryptionAlgorithm? = nil) {
    self.init(keyNamed: name)
    self.encryptionContext = encryptionContext ?? [:]
    self[.encryptionAlgorithm] = .string((algorithm ?? .symmetricDefault).rawValue)
  }

  /// The attributes of a request that signs or verifies.
  init(keyNamed name: String, signingAlgorithm: SigningAlgorithm, messageType: MessageType?) {
    self.init(keyNamed: name)
    self[.signingAlgorithm] = .string(signingAlgorithm.rawValue)
    self[.messageType] = .string((messageType ?? .raw).rawValue)
  }

  /// The attributes of a request that sets tags.
  init(tags: [KMSModel.Tag]?) {
    self.init()
    requestTags = tags?.map { KMSDomain.Tag(key: $0.tagKey, value: $0.tagValue) }
  }

  /// The name of the alias by which a request names its key: `alias/x` also when it gave the alias's ARN.
  private static func alias(_ text: String) -> String? {
    if text.hasPrefix(AliasName.prefix) { return text }
    guard text.hasPrefix("arn:"), let resource = text.split(separator: ":", maxSplits: 5).last,
      resource.hasPrefix(AliasName.prefix)
    else { return nil }
    return String(resource)
  }
}
