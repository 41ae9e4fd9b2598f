// Calls whose plaintext only the calling enclave can read.

public import KMSClient
internal import KMSModel
public import NitroAttestation

extension KMSClient {
  /// Makes an attested call: sends `input` with a recipient, and opens the envelope that is answered.
  ///
  /// The labelled methods are this call with names:
  ///
  ///     let pair = try await kms.generateDataKeyPair(
  ///       keyID: "alias/app", keyPairSpec: .eccNISTP256, attestedBy: NitroSecureModule())
  ///     let key = try pair.privateKey(as: P256.Signing.PrivateKey.self)
  ///
  /// The service sees what the enclave runs, and its key policy can demand it; the plaintext crosses the network only
  /// under the enclave's key. A provider as the source means a fresh RSA key for each call, a tenth of a second and more;
  /// a ``RecipientCache`` shares one among the calls of a minute.
  /// - Parameters:
  ///   - operation: What to call.
  ///   - input: What with. Its `recipient` is replaced.
  ///   - source: Who attests, or the recipient itself.
  /// - Returns: the output as though it had come in clear: its plaintext is there, so that everything that works with
  ///   outputs works with it.
  /// - Throws: ``AttestedCallError``.
  public func send<Operation: AttestedOperation>(
    _ operation: Operation.Type, _ input: Operation.Input, attestedBy source: some AttestedRecipientSource
  ) async throws(AttestedCallError<Operation.Failure>) -> Operation.Output {
    let recipient = try await Self.recipient(of: source, for: operation)
    var input = input
    input.recipient = RecipientInfo(
      keyEncryptionAlgorithm: .rsaesOAEPSHA256, attestationDocument: recipient.attestationDocument)
    var output = try await answer(operation, input)
    let plaintext = Operation.Output.plaintextMember
    // KMS leaves the member empty or out.
    guard output[keyPath: plaintext]?.count ?? 0 == 0 else { throw .plaintextInClear }
    guard let envelope = output.ciphertextForRecipient, !envelope.isEmpty else { throw .ciphertextMissing }
    do throws(RecipientEnvelopeError) {
      output[keyPath: plaintext] = try recipient.open(envelope)
    } catch {
      throw .envelope(error)
    }
    return output
  }

  private static func recipient<Operation: AttestedOperation>(
    of source: some AttestedRecipientSource, for operation: Operation.Type
  ) async throws(AttestedCallError<Operation.Failure>) -> AttestedRecipient {
    do throws(AttestedRecipientError) {
      return try await source.recipient()
    } catch {
      throw .recipient(error)
    }
  }

  private func answer<Operation: AttestedOperation>(
    _ operation: Operation.Type, _ input: Operation.Input
  ) async throws(AttestedCallError<Operation.Failure>) -> Operation.Output {
    do throws(Operation.Failure) {
      return try await send(operation, input)
    } catch {
      throw .operation(error)
    }
  }
}
