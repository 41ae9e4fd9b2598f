// OSSL_PARAM lists that own what they point to.

import COpenSSL
import SecureMemory

/// A list of OpenSSL parameters. It owns their names and values, and wipes both when it is freed.
final class OpenSSLParameters {
  private var list: [OSSL_PARAM] = []
  private var storage: [UnsafeMutableRawBufferPointer] = []

  deinit {
    for buffer in storage {
      SecretBytes.wipe(buffer)
      buffer.deallocate()
    }
  }

  /// A number, given big-endian.
  func append(_ name: String, number: UnsafeRawBufferPointer) {
    let value = keep(number, terminated: false)
    #if _endian(little)
      var bytes = value
      bytes.reverse()
    #endif
    list.append(
      OSSL_PARAM_construct_BN(keep(name), value.baseAddress?.assumingMemoryBound(to: UInt8.self), number.count))
  }

  func append(_ name: String, octets: UnsafeRawBufferPointer) {
    list.append(
      OSSL_PARAM_construct_octet_string(keep(name), keep(octets, terminated: false).baseAddress, octets.count))
  }

  func append(_ name: String, text: String) {
    list.append(OSSL_PARAM_construct_utf8_string(keep(name), keep(text), 0))
  }

  /// Lends the list, which ends as OpenSSL wants it.
  func withUnsafePointer<Result, Failure: Error>(
    _ body: (UnsafeMutablePointer<OSSL_PARAM>?) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var terminated = list + [OSSL_PARAM_construct_end()]
    return try terminated.withUnsafeMutableBufferPointer { (list) throws(Failure) in try body(list.baseAddress) }
  }

  private func keep(_ text: String) -> UnsafeMutablePointer<CChar>? {
    var text = text
    return text.withUTF8 { text in
      keep(UnsafeRawBufferPointer(text), terminated: true).baseAddress?.assumingMemoryBound(to: CChar.self)
    }
  }

  private func keep(_ bytes: UnsafeRawBufferPointer, terminated: Bool) -> UnsafeMutableRawBufferPointer {
    // One byte at least, so that an empty value has an address.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count + 1, alignment: 1)
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
    buffer.copyMemory(from: bytes)
    storage.append(buffer)
    return terminated ? buffer : UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(bytes.count))
  }
}
