// Policies that ask what a recipient runs: what is proven decides, and nothing else.

import Foundation
import KMSModel
import NitroAttestation
import Testing

@Suite struct RecipientPolicyTests {
  private let enclave: Enclave
  private let service: TestService

  init() async throws {
    enclave = try Enclave.shared.get()
    service = try await TestService(attestationRoots: [enclave.root])
  }

  /// A key that makes data keys for whoever meets `condition`.
  private func makeKey(_ condition: String) async throws -> KeyMetadata {
    try await service.makeKey(
      CreateKeyInput(
        policy: """
          {"Statement":[
            {"Effect":"Allow","Principal":{"AWS":"111122223333"},"Resource":"*",
             "NotAction":["kms:GenerateDataKey","kms:Decrypt"]},
            {"Effect":"Allow","Principal":{"AWS":"111122223333"},"Resource":"*",
             "Action":["kms:GenerateDataKey","kms:Decrypt"],"Condition":\(condition)}]}
          """))
  }

  /// The code of the refusal, if it is one.
  private func code(_ key: KeyMetadata, _ recipient: RecipientInfo?) async throws -> String? {
    do {
      _ = try await service.call(
        GenerateDataKey.self, GenerateDataKeyInput(keyID: key.keyID, keySpec: .aes256, recipient: recipient))
      return nil
    } catch let refusal as TestService.Refusal {
      return refusal.code
    }
  }

  private static let image = String(repeating: "ab", count: 48)
  private static let role = String(repeating: "c3", count: 48)

  @Test(
    "Conditions have the image and every register in hexadecimal",
    arguments: [
      (#"{"StringEquals":{"kms:RecipientAttestation:ImageSha384":"\#(image)"}}"#, true),
      (#"{"StringEqualsIgnoreCase":{"kms:RecipientAttestation:ImageSha384":"\#(image.uppercased())"}}"#, true),
      (#"{"StringEquals":{"kms:RecipientAttestation:ImageSha384":"\#(image.uppercased())"}}"#, false),
      (#"{"StringEquals":{"kms:RecipientAttestation:PCR0":"\#(image)"}}"#, true),
      (#"{"StringEquals":{"kms:RecipientAttestation:PCR3":"\#(role)"}}"#, true),
      (#"{"StringEquals":{"kms:RecipientAttestation:PCR1":"\#(role)"}}"#, false),
      (#"{"StringEquals":{"kms:RecipientAttestation:PCR8":"\#(role)"}}"#, false),
      (#"{"StringEquals":{"kms:RecipientAttestation:NitroTPMPCR3":"\#(role)"}}"#, false),
      (#"{"Null":{"kms:RecipientAttestation:ImageSha384":"false"}}"#, true),
    ])
  func conditions(condition: String, isAllowed: Bool) async throws {
    let key = try await makeKey(condition)
    #expect(try await code(key, enclave.recipient(of: service)) == (isAllowed ? nil : "AccessDeniedException"))
    #expect(try await code(key, nil) == "AccessDeniedException")
  }

  @Test("Another image is denied")
  func otherImage() async throws {
    let key = try await makeKey(#"{"StringEquals":{"kms:RecipientAttestation:ImageSha384":"\#(Self.image)"}}"#)
    let other = try enclave.recipient(of: service, pcrs: [0: [UInt8](repeating: 0xAC, count: 48)])
    #expect(try await code(key, other) == "AccessDeniedException")
  }

  @Test("A NitroTPM's registers have keys of their own, and no image")
  func nitroTPM() async throws {
    let document = try enclave.document(
      at: service.now, nitroTPMPCRs: [0: Enclave.pcrs[0] ?? [], 4: Enclave.pcrs[3] ?? []])
    for (condition, isAllowed) in [
      (#"{"StringEquals":{"kms:RecipientAttestation:NitroTPMPCR4":"\#(Self.role)"}}"#, true),
      (#"{"StringEquals":{"kms:RecipientAttestation:PCR4":"\#(Self.role)"}}"#, false),
      (#"{"StringEquals":{"kms:RecipientAttestation:ImageSha384":"\#(Self.image)"}}"#, false),
    ] {
      let key = try await makeKey(condition)
      #expect(
        try await code(key, Enclave.recipient(document)) == (isAllowed ? nil : "AccessDeniedException"),
        "\(condition)")
    }
  }

  @Test("A document that proves nothing is denied where proof is demanded, and its reason told where it is not")
  func deniedBeforeInvalid() async throws {
    let demanding = try await makeKey(#"{"StringEquals":{"kms:RecipientAttestation:ImageSha384":"\#(Self.image)"}}"#)
    let indifferent = try await service.makeKey()
    let stale = try enclave.document(at: service.now.addingTimeInterval(-400))
    let foreign = try Enclave.stranger.get().document(at: service.now)
    for document in [stale, foreign, [0]] {
      #expect(try await code(demanding, Enclave.recipient(document)) == "AccessDeniedException")
      #expect(try await code(indifferent, Enclave.recipient(document)) == "ValidationException")
    }
  }

  @Test("Another account's key says nothing of a document")
  func elsewhere() async throws {
    let key = try await service.makeKey()
    await #expect {
      try await service.call(
        GenerateDataKey.self,
        GenerateDataKeyInput(keyID: key.arn, keySpec: .aes256, recipient: Enclave.recipient([0])),
        account: "444455556666")
    } throws: { ($0 as? TestService.Refusal)?.code == "AccessDeniedException" }
  }
}
