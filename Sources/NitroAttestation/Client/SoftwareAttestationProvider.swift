// Attests without an enclave, for development and tests.

#if canImport(FoundationEssentials)
  public import struct FoundationEssentials.Date
#else
  public import struct Foundation.Date
#endif

/// Has a ``SoftwareAttester`` make the documents, with registers that the program chooses.
///
/// What it says is as true as the machine that runs it: a service that trusts its root guards nothing.
public struct SoftwareAttestationProvider: AttestationProvider {
  /// The registers of an enclave in debug mode: PCR0 to PCR4, all zero.
  public static let debugPCRs = Dictionary(uniqueKeysWithValues: (0...4).map { ($0, [UInt8](repeating: 0, count: 48)) })

  /// What makes and signs the documents.
  public let attester: SoftwareAttester
  /// The registers in the documents, by index: 32, 48 or 64 bytes each.
  public let pcrs: [Int: [UInt8]]
  /// The module in the documents.
  public let moduleID: String
  private let now: @Sendable () -> Date

  /// A provider over `attester`.
  ///
  /// - Parameters:
  ///   - attester: What makes and signs the documents.
  ///   - pcrs: The registers in the documents, by index: 32, 48 or 64 bytes each.
  ///   - moduleID: The module in the documents.
  ///   - now: The time of a document, for tests.
  public init(
    _ attester: SoftwareAttester, pcrs: [Int: [UInt8]] = debugPCRs,
    moduleID: String = "i-0123456789abcdef0-enc0123456789abcdef", now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.attester = attester
    self.pcrs = pcrs
    self.moduleID = moduleID
    self.now = now
  }

  public func attestationDocument(
    publicKey: [UInt8], userData: [UInt8]?, nonce: [UInt8]?
  ) async throws(AttestationProviderError) -> [UInt8] {
    do throws(SoftwareAttester.Failure) {
      return try attester.document(
        publicKey: publicKey, pcrs: pcrs, userData: userData, nonce: nonce, moduleID: moduleID, at: now())
    } catch {
      throw .attester(error)
    }
  }
}
