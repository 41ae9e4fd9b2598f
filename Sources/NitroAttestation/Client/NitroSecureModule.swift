// The module that attests inside an AWS Nitro enclave.

internal import Dispatch

/// Asks the Nitro Secure Module for attestation documents: the device `/dev/nsm`, which exists in enclaves only.
///
/// Source: aws/aws-nitro-enclaves-nsm-api. The module answers one request after the other, and so does this type, on a
/// thread that is not one of the tasks'.
public struct NitroSecureModule: AttestationProvider {
  /// What the module answers instead of a document: its `ErrorCode`.
  public enum Refusal: String, Hashable, Sendable, CaseIterable {
    /// An argument is wrong.
    case invalidArgument = "InvalidArgument"
    /// A register's index is out of bounds.
    case invalidIndex = "InvalidIndex"
    /// The answer does not fit the request.
    case invalidResponse = "InvalidResponse"
    /// The register is locked.
    case readOnlyIndex = "ReadOnlyIndex"
    /// The request cannot be fulfilled, as another one preceded it.
    case invalidOperation = "InvalidOperation"
    /// The buffer for the answer is too small.
    case bufferTooSmall = "BufferTooSmall"
    /// What the user gave is too long.
    case inputTooLarge = "InputTooLarge"
    /// The module failed inside.
    case internalError = "InternalError"
  }

  private let channel: any NSMChannel
  private let queue = DispatchQueue(label: "keywright.nitro-secure-module")

  /// The enclave's module. Nothing is opened before the first document.
  public init() {
    self.init(channel: NSMDevice(path: "/dev/nsm"))
  }

  init(channel: some NSMChannel) {
    self.channel = channel
  }

  public func attestationDocument(
    publicKey: [UInt8], userData: [UInt8]?, nonce: [UInt8]?
  ) async throws(AttestationProviderError) -> [UInt8] {
    let request = NSMAttestation.request(publicKey: publicKey, userData: userData, nonce: nonce)
    guard request.count <= NSMAttestation.maximumRequest else { throw .requestTooLong }
    let answer: Result<[UInt8], AttestationProviderError> = await queue.run { [channel] in
      Result { () throws(AttestationProviderError) in try channel.exchange(request) }
    }
    return try NSMAttestation.document(in: try answer.get())
  }
}
