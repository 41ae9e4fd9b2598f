// Compressing requests, for services whose model wants it. KMS is none of them.

/// How the bodies of operations with the trait `smithy.api#requestCompression` are made smaller.
///
/// The library that does it is the program's choice, so that clients of services without that trait link none.
public struct RequestCompression: Sendable {
  /// Bodies shorter than this are sent as they are, in bytes.
  public var minimumBytes: Int
  /// Compresses a body in gzip's format (RFC 1952); nil when it cannot, and the body is sent as it is.
  public var gzip: @Sendable ([UInt8]) -> [UInt8]?

  public init(minimumBytes: Int = 10_240, gzip: @escaping @Sendable ([UInt8]) -> [UInt8]?) {
    self.minimumBytes = minimumBytes
    self.gzip = gzip
  }
}
