// Whom an answer is for, and what of that is proven.

import KMSDomain
import KMSModel
import NitroAttestation

/// The recipient that a request names, once its attestation document has been looked at.
enum RequestRecipient: Sendable {
  /// None is named: the answer is for the caller.
  case caller
  /// It has proved what it runs.
  case attested(VerifiedAttestation)
  /// It has proved nothing. Why, is only for those to know whom the policies allow even so.
  case unproven(Fault)

  /// What conditions of policies may ask about the recipient: nothing but what is proven.
  var measurements: [String: String]? {
    if case .attested(let attestation) = self { attestation.measurements } else { nil }
  }

  /// The proof; nil when the answer is for the caller.
  ///
  /// - Throws: why there is no proof of a recipient that is named.
  func proof() throws(Fault) -> VerifiedAttestation? {
    switch self {
    case .caller: nil
    case .attested(let attestation): attestation
    case .unproven(let fault): throw fault
    }
  }
}

extension RecipientInfo {
  /// Checks that both members are there: the model requires neither, KMS both.
  func checkMembers() throws(Fault) {
    var missing: [String] = []
    if keyEncryptionAlgorithm == nil { missing.append("recipient.keyEncryptionAlgorithm") }
    if attestationDocument == nil { missing.append("recipient.attestationDocument") }
    if !missing.isEmpty { throw .missingMembers(missing) }
  }
}

extension OperationContext {
  /// Verifies the document of a recipient. Whatever is wrong with it is part of what comes back.
  ///
  /// - Throws: ``Fault/throttled`` when too many verifications are waited for already.
  func recipient(_ recipient: RecipientInfo?) async throws(Fault) -> RequestRecipient {
    guard let document = recipient?.attestationDocument else { return .caller }
    let verifier = attestationVerifier
    guard !verifier.roots.isEmpty else { return .unproven(.noAttestationRoot) }
    let now = now()
    return try await slowCryptography.verify { () async -> RequestRecipient in
      do throws(AttestationError) {
        return .attested(try await verifier.verify(document, at: now))
      } catch {
        return .unproven(.validation(error.description))
      }
    }
  }
}
