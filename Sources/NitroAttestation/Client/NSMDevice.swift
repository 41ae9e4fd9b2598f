// The device of the Nitro Secure Module.

internal import CNSM

/// Carries requests to a module and its answers back.
protocol NSMChannel: Sendable {
  /// The answer to one request. Blocks.
  func exchange(_ request: [UInt8]) throws(AttestationProviderError) -> [UInt8]
}

/// A module behind a device file with the Linux driver's interface (`linux/nsm.h`).
struct NSMDevice: NSMChannel {
  let path: String

  func exchange(_ request: [UInt8]) throws(AttestationProviderError) -> [UInt8] {
    var answer = [UInt8](repeating: 0, count: NSMAttestation.maximumResponse)
    var length = answer.count
    let code = cnsm_exchange(path, request, request.count, &answer, &length)
    guard code == 0 else { throw .device(code: code) }
    return Array(answer.prefix(length))
  }
}
