// IAM's rules for what principals, their policies and their access keys may be called.

extension Principal {
  /// Whether `text` may be the name of a user or a role: 1 to 64 letters, digits and `+=,.@_-`.
  public static func isName(_ text: some StringProtocol) -> Bool {
    (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(isNameByte)
  }

  /// Whether `text` may be the name of a policy: 1 to 128 of the same characters.
  public static func isPolicyName(_ text: some StringProtocol) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy(isNameByte)
  }

  /// Whether `text` may be a path: `/`, or components of visible characters between slashes, 512 bytes at most.
  ///
  /// `*` and `?` are refused, which IAM allows: an ARN with one would read as a pattern.
  public static func isPath(_ text: some StringProtocol) -> Bool {
    if text == "/" { return true }
    guard (3...512).contains(text.utf8.count), text.hasPrefix("/"), text.hasSuffix("/") else { return false }
    return text.dropFirst().dropLast().split(separator: "/", omittingEmptySubsequences: false).allSatisfy { component in
      !component.isEmpty && component.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x2A && $0 != 0x3F }
    }
  }

  /// How long the sessions of a role may be allowed to last, in seconds.
  public static let sessionDurations = 900...43_200

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0x2B, 0x2C, 0x2D, 0x2E, 0x3D, 0x40, 0x5F: true  // + , - . = @ _
    default: false
    }
  }
}

extension Principal {
  /// How many tags a principal may have.
  public static let maximumTags = 50

  /// Whether `tag` may be on a principal: a key of 1 to 128 and a value of up to 256 letters, digits, spaces and
  /// `_.:/=+-@`, and none of AWS's own keys.
  public static func isTag(_ tag: Tag) -> Bool {
    (1...128).contains(tag.key.unicodeScalars.count) && tag.value.unicodeScalars.count <= 256
      && !tag.key.lowercased().hasPrefix("aws:")
      && (tag.key + tag.value).unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        case .decimalNumber, .letterNumber, .otherNumber: true
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: true
        default: "_.:/=+-@".unicodeScalars.contains(scalar)
        }
      }
  }
}

extension AccessKey {
  /// Whether `text` may be an access key id: 16 to 128 letters, digits and `_`.
  public static func isID(_ text: some StringProtocol) -> Bool {
    (16...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
        default: false
        }
      }
  }
}
