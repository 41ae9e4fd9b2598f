// Other accounts' keys: no refusal may tell whether there is one.

import KMSModel
import KMSOperations
import KMSService
import SecureMemory
import Testing

@Suite struct HiddenKeysTests {
  private static let owner = "111122223333"
  private static let other = "444455556666"
  private static let missing = "1234abcd-12ab-34cd-56ef-1234567890ab"

  private static func refusal(_ call: () async throws -> Void) async throws -> TestService.Refusal {
    try #require(await #expect(throws: TestService.Refusal.self) { try await call() })
  }

  /// What a refusal says, but for the id that was asked for.
  private static func text(_ refusal: TestService.Refusal, _ id: String) -> String {
    refusal.description.replacing(id, with: "ID")
  }

  /// A ciphertext of the caller's own, made to name another key.
  private static func forged(_ blob: [UInt8], _ id: String, as other: String) throws -> [UInt8] {
    func bytes(_ id: String) -> [UInt8] {
      let digits = Array(id.replacing("-", with: ""))
      return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    }
    let place = try #require(blob.firstRange(of: bytes(id)))
    return blob[..<place.lowerBound] + bytes(other) + blob[place.upperBound...]
  }

  @Test func ciphertextsThatNameThem() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let own = try await service.call(CreateKey.self, CreateKeyInput(), account: Self.other).keyMetadata
    let blob = try await service.call(
      Encrypt.self, EncryptInput(keyID: own.keyID, plaintext: SecretBytes([1])), account: Self.other
    ).ciphertextBlob
    for isNamed in [false, true] {
      var texts: [Set<String>] = []
      for id in [key.keyID, Self.missing] {
        let ciphertext = try Self.forged(blob, own.keyID, as: id)
        let name = isNamed ? id : nil
        let decrypt = try await Self.refusal {
          _ = try await service.call(
            Decrypt.self, DecryptInput(ciphertextBlob: ciphertext, keyID: name), account: Self.other)
        }
        let reEncrypt = try await Self.refusal {
          _ = try await service.call(
            ReEncrypt.self,
            ReEncryptInput(destinationKeyID: own.keyID, ciphertextBlob: ciphertext, sourceKeyID: name),
            account: Self.other)
        }
        texts.append([Self.text(decrypt, id), Self.text(reEncrypt, id)])
      }
      #expect(texts[0] == texts[1])
    }
  }

  /// Two keys, of which the caller may not use the one that is its own.
  @Test func theOtherOfTwoKeys() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let policy = """
      {"Statement":[{"Effect":"Allow","Principal":{"AWS":"\(Self.other)"},"NotAction":["kms:ReEncrypt*","kms:UpdateAlias"],\
      "Resource":"*"}]}
      """
    let own = try await service.call(CreateKey.self, CreateKeyInput(policy: policy), account: Self.other).keyMetadata
    _ = try await service.call(
      CreateAlias.self, CreateAliasInput(aliasName: "alias/own", targetKeyID: own.keyID), account: Self.other)
    let blob = try await service.call(
      Encrypt.self, EncryptInput(keyID: own.keyID, plaintext: SecretBytes([1])), account: Self.other
    ).ciphertextBlob
    var texts: [[String]] = []
    for id in [key.keyID, Self.missing] {
      let arn = "arn:aws:kms:us-east-1:\(Self.owner):key/\(id)"
      let to = try await Self.refusal {
        _ = try await service.call(
          ReEncrypt.self, ReEncryptInput(destinationKeyID: arn, ciphertextBlob: blob), account: Self.other)
      }
      let from = try await Self.refusal {
        _ = try await service.call(
          ReEncrypt.self, ReEncryptInput(destinationKeyID: own.keyID, ciphertextBlob: blob, sourceKeyID: arn),
          account: Self.other)
      }
      let neither = try await Self.refusal {
        _ = try await service.call(
          ReEncrypt.self,
          ReEncryptInput(
            destinationKeyID: "arn:aws:kms:us-east-1:\(Self.owner):key/\(Self.missing)", ciphertextBlob: blob,
            sourceKeyID: arn), account: Self.other)
      }
      let alias = try await Self.refusal {
        _ = try await service.call(
          UpdateAlias.self, UpdateAliasInput(aliasName: "alias/own", targetKeyID: arn), account: Self.other)
      }
      texts.append([to, from, neither, alias].map { Self.text($0, id) })
    }
    #expect(texts[0] == texts[1])
  }

  /// A refused request counts, and counts the same whether or not there is such a key.
  @Test(arguments: ["CancelKeyDeletion", "Encrypt", "Sign"])
  func requestQuotas(operation: String) async throws {
    var quotas = RequestQuotas.none
    quotas[try #require(RequestQuotaClass(name: "cancel-key-deletion"))] = 0.001
    quotas[.symmetricCryptography] = 0.001
    var codes: [[String]] = []
    for isThere in [true, false] {
      let service = try await TestService(requestQuotas: quotas)
      let key = try await service.makeKey(
        operation == "Sign" ? CreateKeyInput(keyUsage: .signVerify, keySpec: .eccNISTP256) : CreateKeyInput())
      let arn = "arn:aws:kms:us-east-1:\(Self.owner):key/\(isThere ? key.keyID : Self.missing)"
      var answers: [String] = []
      for _ in 0..<3 {
        let refusal = try await Self.refusal {
          switch operation {
          case "Encrypt":
            _ = try await service.call(
              Encrypt.self, EncryptInput(keyID: arn, plaintext: SecretBytes([1])), account: Self.other)
          case "Sign":
            _ = try await service.call(
              Sign.self, SignInput(keyID: arn, message: SecretBytes([1]), signingAlgorithm: .ecdsaSHA256),
              account: Self.other)
          default:
            _ = try await service.call(CancelKeyDeletion.self, CancelKeyDeletionInput(keyID: arn), account: Self.other)
          }
        }
        answers.append(refusal.code)
      }
      codes.append(answers)
    }
    #expect(codes[0] == ["AccessDeniedException", "ThrottlingException", "ThrottlingException"])
    #expect(codes[1] == codes[0])
  }
}
