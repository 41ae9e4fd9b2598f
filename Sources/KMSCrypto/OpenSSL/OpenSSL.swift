// How a failed OpenSSL call becomes an error.

import COpenSSL

/// The rules for every call into OpenSSL: its outcome is checked, and its error queue is left empty.
enum OpenSSL {
  /// Throws unless `status` is 1, OpenSSL's success.
  static func check(_ status: Int32, _ operation: String) throws(CryptoError) {
    if status != 1 { throw failure(operation) }
  }

  /// The object that `operation` made, or the error it left.
  static func require(_ object: OpaquePointer?, _ operation: String) throws(CryptoError) -> OpaquePointer {
    guard let object else { throw failure(operation) }
    return object
  }

  /// The last entry of this thread's error queue as an error; the queue is emptied, so that no later call on this
  /// thread finds it.
  static func failure(_ operation: String) -> CryptoError {
    let code = ERR_peek_last_error()
    ERR_clear_error()
    return .libraryFailure(operation: operation, code: code)
  }
}
