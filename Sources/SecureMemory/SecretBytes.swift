// Bytes that must not leak: private keys, plaintext data keys, key material.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A fixed-size run of secret bytes: wiped when freed, redacted when printed, compared in constant time.
///
/// Copies of the value share one allocation, so passing it on never duplicates the secret.
/// Its bytes are reached only through ``withUnsafeBytes(_:)``.
public final class SecretBytes: Sendable {
  /// How many bytes the secret has.
  public let count: Int
  // Sound as Sendable: written only while `init` runs, read-only afterwards, freed in `deinit`.
  private nonisolated(unsafe) let storage: UnsafeMutableRawPointer

  /// Makes a secret of `count` bytes that `fill` writes; the buffer starts as zeros.
  ///
  /// When `fill` throws, what it had written is wiped before the error leaves.
  public init<Failure: Error>(
    count: Int, fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let size = max(count, 0)
    self.count = size
    storage = .allocate(byteCount: max(size, 1), alignment: 16)
    storage.initializeMemory(as: UInt8.self, repeating: 0, count: max(size, 1))
    try fill(UnsafeMutableRawBufferPointer(start: storage, count: size))
  }

  /// Copies `bytes`. The caller still owns, and should wipe, the original.
  public convenience init(copying bytes: UnsafeRawBufferPointer) {
    self.init(count: bytes.count) { $0.copyMemory(from: bytes) }
  }

  /// Copies `bytes`, for values that were never secret before (test data, published vectors).
  public convenience init(_ bytes: some Collection<UInt8>) {
    self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
  }

  deinit {
    Self.wipe(UnsafeMutableRawBufferPointer(start: storage, count: count))
    storage.deallocate()
  }

  /// Lends the bytes for the length of `body`. Do not let the pointer, or a copy of what it points to, outlive the call.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: storage, count: count))
  }

  /// Overwrites `buffer` with zeros in a way the optimiser may not leave out.
  public static func wipe(_ buffer: UnsafeMutableRawBufferPointer) {
    guard let start = buffer.baseAddress, buffer.count > 0 else { return }
    #if canImport(Darwin)
      memset_s(start, buffer.count, 0, buffer.count)
    #else
      explicit_bzero(start, buffer.count)
    #endif
  }

  /// Overwrites an array that held a secret for a moment, and empties it.
  public static func wipe(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { wipe($0) }
    bytes.removeAll(keepingCapacity: false)
  }
}

extension SecretBytes: Equatable {
  /// Takes the same time wherever the first difference is; only the lengths are compared openly.
  public static func == (left: SecretBytes, right: SecretBytes) -> Bool {
    left.withUnsafeBytes { l in right.withUnsafeBytes { r in constantTimeEqual(l, r) } }
  }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `<redacted>`.
  public var description: String { "<redacted>" }
  /// Always `<redacted>`.
  public var debugDescription: String { "<redacted>" }
  /// Shows no children, so `dump` prints nothing of the secret.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
