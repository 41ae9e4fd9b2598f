// Policy documents for tests, most of one statement.

/// Texts of policies.
enum PolicyText {
  /// A statement that lets the account do everything, and that tests change.
  static let allowAccount =
    #""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*""#

  /// A document of these statements, each without its braces.
  static func document(_ statements: String..., version: String = "2012-10-17") -> String {
    let list = statements.map { "{\($0)}" }.joined(separator: ",")
    return #"{"Version":"\#(version)","Statement":[\#(list)]}"#
  }

  /// A document of one statement that allows `action` on `resource`.
  static func allow(
    _ principal: String = #"{"AWS":"arn:aws:iam::111122223333:root"}"#, action: String = #""kms:*""#,
    resource: String = #""*""#, more: String = ""
  ) -> String {
    document(#""Effect":"Allow","Principal":\#(principal),"Action":\#(action),"Resource":\#(resource)\#(more)"#)
  }

  /// A document of one statement with this condition.
  static func condition(_ condition: String) -> String { allow(more: #","Condition":\#(condition)"#) }
}
