// Why a provider has no attestation document to give.

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Why an ``AttestationProvider`` gives no document.
public enum AttestationProviderError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The system does not let the program use the Nitro Secure Module; the code is an `errno`. `ENOENT` says that the
  /// program does not run in an enclave.
  case device(code: Int32)
  /// The request is longer than the 4096 bytes that the module takes.
  case requestTooLong
  /// The module answered with an error.
  case refused(NitroSecureModule.Refusal)
  /// The module's answer is neither a document nor an error that its protocol has.
  case malformedAnswer
  /// The software attester failed.
  case attester(SoftwareAttester.Failure)
  /// A provider outside this library failed; a text for the program's log.
  case other(String)

  /// One line about the failure.
  public var description: String {
    switch self {
    case .device(let code): "the Nitro Secure Module cannot be used: \(String(cString: strerror(code)))"
    case .requestTooLong: "the request is too long for the Nitro Secure Module"
    case .refused(let refusal): "the Nitro Secure Module refused: \(refusal.rawValue)"
    case .malformedAnswer: "the Nitro Secure Module's answer is malformed"
    case .attester(let failure): "the software attester failed: \(failure)"
    case .other(let text): text
    }
  }
}
