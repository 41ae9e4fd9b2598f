// What can go wrong in an attested call.

import ClientTestSupport
import KMSClientNitro
import SecureMemory
import Testing

@Suite struct AttestedCallTests {
  private typealias CallError = AttestedCallError<GenerateRandomError>

  private func failure(
    _ service: SealingService, _ source: some AttestedRecipientSource
  ) async -> CallError? {
    do throws(CallError) {
      _ = try await service.kms.generateRandom(numberOfBytes: 3, attestedBy: source)
      return nil
    } catch {
      return error
    }
  }

  @Test("replaces the recipient of an input")
  func recipient() async throws {
    let service = SealingService(envelope: try TestKey.sealed(SecretBytes([7])))
    let input = GenerateRandomInput(numberOfBytes: 1, recipient: RecipientInfo(attestationDocument: [9]))
    let output = try await service.kms.send(
      GenerateRandom.self, input, attestedBy: try await SealingService.recipient())
    #expect(output.plaintext == SecretBytes([7]))
    #expect(service.request?.contains(#""AttestationDocument":"AQID""#) == true)
  }

  @Test("opens an empty plaintext")
  func empty() async throws {
    let service = SealingService(envelope: try TestKey.sealed(SecretBytes([])))
    let output = try await service.kms.generateRandom(attestedBy: try await SealingService.recipient())
    #expect(output.plaintext?.count == 0)
  }

  @Test("drops a plaintext in clear, with an envelope or without")
  func plaintextInClear() async throws {
    for envelope in [nil, try TestKey.sealed(SecretBytes([1, 2, 3]))] {
      let service = SealingService(members: #""Plaintext":"AQID""#, envelope: envelope)
      guard case .plaintextInClear = await failure(service, try await SealingService.recipient()) else {
        Issue.record("no failure, or another")
        continue
      }
    }
  }

  @Test("needs an envelope", arguments: [nil, ""])
  func ciphertextMissing(envelope: String?) async throws {
    let service = SealingService(envelope: envelope)
    guard case .ciphertextMissing = await failure(service, try await SealingService.recipient()) else {
      Issue.record("no failure, or another")
      return
    }
  }

  @Test("needs an envelope that opens with its key")
  func envelope() async throws {
    let malformed = await failure(SealingService(envelope: "AQID"), try await SealingService.recipient())
    guard case .envelope(.malformed) = malformed else {
      Issue.record("\(String(describing: malformed))")
      return
    }
    let other = await failure(
      SealingService(envelope: try TestKey.sealedForAnother()), try await SealingService.recipient())
    guard case .envelope(.decryption) = other else {
      Issue.record("\(String(describing: other))")
      return
    }
  }

  @Test("sends nothing without a document")
  func provider() async throws {
    let service = SealingService(envelope: nil)
    let error = await failure(service, FixedProvider(document: .failure(.device(code: 2))))
    guard case .recipient(.provider(.device(code: 2))) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(service.transport.requests.isEmpty)
  }

  @Test("passes the operation's own error on")
  func operation() async throws {
    let kms = makeClient(
      InMemoryTransport(
        status: 400, body: #"{"__type":"ValidationException","message":"The attestation document has expired."}"#))
    let recipient = try await SealingService.recipient()
    do throws(CallError) {
      _ = try await kms.generateRandom(attestedBy: recipient)
      Issue.record("no failure")
    } catch {
      guard case .operation(.validation(let reply)) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(reply.message == "The attestation document has expired.")
      #expect(error.description.contains("The attestation document has expired."))
    }
  }

  @Test("says what is wrong in one line")
  func descriptions() {
    let errors: [CallError] = [
      .recipient(.keyGeneration), .operation(.cancelled), .ciphertextMissing, .plaintextInClear, .envelope(.malformed),
    ]
    #expect(Set(errors.map(\.description)).count == errors.count)
  }
}
