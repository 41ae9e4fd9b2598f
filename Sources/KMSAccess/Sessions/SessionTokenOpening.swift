// Where session tokens are opened.

/// Opens the session tokens that this service handed out.
public protocol SessionTokenOpening: Sendable {
  /// The session that `token` holds; nil for everything this service did not make, byte for byte.
  ///
  /// An expired session opens too: its end is the caller's to look at.
  func open(_ token: String) -> OpenedSession?
}
