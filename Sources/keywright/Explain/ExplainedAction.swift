// The actions of KMS, and what each acts on.

import KMSModel

/// A permission of KMS.
struct ExplainedAction: Hashable {
  /// What a permission is asked on.
  enum Object: Hashable {
    /// Nothing but the caller's account.
    case account
    case key
    case alias
    case grant
    /// A principal: the caller itself is taken.
    case principal
  }

  /// The name without its prefix, such as `Decrypt`.
  let name: String

  private static let names: [String] =
    KMSOperation.allCases.map(\.rawValue).filter { $0 != KMSOperation.reEncrypt.rawValue }
    + ["ReEncryptFrom", "ReEncryptTo"]

  /// Finds an action by its name in any case, with its prefix or without.
  init(_ text: String) throws(CommandFailure) {
    let prefix = "kms:"
    let lowercased = text.lowercased()
    let wanted = lowercased.hasPrefix(prefix) ? lowercased.dropFirst(prefix.count) : lowercased[...]
    guard wanted != "reencrypt" else {
      throw CommandFailure(
        .usage,
        "ReEncrypt needs two permissions: ask for kms:ReEncryptFrom on the one key, kms:ReEncryptTo on the other")
    }
    guard let name = Self.names.first(where: { $0.lowercased() == wanted }) else {
      throw CommandFailure(.usage, "'\(text)' is no action of KMS, such as kms:Decrypt")
    }
    self.name = name
  }

  /// What the action is asked on.
  var object: Object {
    switch name {
    case "CreateAlias", "UpdateAlias", "DeleteAlias": .alias
    case "RetireGrant": .grant
    case "ListRetirableGrants": .principal
    case "CreateKey", "ListKeys", "ListAliases", "GenerateRandom": .account
    case let name where name.contains("CustomKeyStore"): .account
    default: .key
    }
  }

  /// Whether requests encrypt or decrypt, and so always have an encryption context, if only an empty one.
  var encrypts: Bool {
    ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo"].contains(name) || name.hasPrefix("GenerateDataKey")
  }

  /// Whether requests may have an encryption context: their own, or that of the constraints of a new grant.
  var takesEncryptionContext: Bool { encrypts || name == "CreateGrant" }

  /// Whether requests depend on when the key was last used.
  var dependsOnUsage: Bool { ["DisableKey", "ScheduleKeyDeletion"].contains(name) }

  /// Whether requests may name an attested recipient.
  var takesRecipient: Bool {
    ["Decrypt", "DeriveSharedSecret", "GenerateDataKey", "GenerateDataKeyPair", "GenerateRandom"].contains(name)
  }

  /// Whether requests may set tags.
  var takesTags: Bool { ["CreateKey", "ReplicateKey", "TagResource"].contains(name) }

  /// Whether requests may name the key by an alias, which policies can ask about.
  var takesAlias: Bool {
    encrypts
      || ["DescribeKey", "GetPublicKey", "Sign", "Verify", "GenerateMac", "VerifyMac", "DeriveSharedSecret"].contains(
        name)
  }
}
