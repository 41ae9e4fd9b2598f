// Tokens by which a service knows a repeated request from a new one.

/// Idempotency tokens (Smithy's `idempotencyToken`), which a client makes for a caller who gives none.
public enum IdempotencyToken {
  /// A random token: a UUID of version 4 (RFC 9562 §5.4), in lower case.
  public static func random() -> String { RandomUUID.text() }
}
