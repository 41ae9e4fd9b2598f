// Random bytes for keys, salts, nonces and ids.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

public import SecureMemory

/// Random bytes from the operating system's generator.
///
/// The kernel's generator is asked directly, rather than OpenSSL's: there is no state in this process that a fork, a
/// core dump or a copied virtual machine could duplicate, and one call costs about a third of `RAND_priv_bytes`. It is
/// also what `SystemRandomNumberGenerator` uses, which however asks once for every eight bytes.
/// (Where OpenSSL makes a whole key, P-521, secp256k1 and SM2, it uses its own generator, seeded from the kernel.)
public enum RandomBytes {
  /// `count` random bytes to keep secret: key material, an HMAC key, a data key.
  public static func bytes(count: Int) -> SecretBytes {
    SecretBytes(count: count) { fill($0) }
  }

  /// `count` random bytes that are not secret: an id, a token. A negative count gives none.
  public static func array(count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(count, 0))
    bytes.withUnsafeMutableBytes { fill($0) }
    return bytes
  }

  /// Overwrites `buffer` with random bytes.
  public static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    let largestRequest = 256  // getentropy's limit
    var filled = 0
    while filled < buffer.count {
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...].prefix(largestRequest))
      guard let start = part.baseAddress, getentropy(start, part.count) == 0 else { break }
      filled += part.count
    }
    // Only where the system call is missing or forbidden: the standard library then finds another way, or stops the process.
    var generator = SystemRandomNumberGenerator()
    for index in filled..<buffer.count { buffer[index] = generator.next() }
  }
}
