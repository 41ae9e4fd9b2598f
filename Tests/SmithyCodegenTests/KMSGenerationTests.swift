// The generated code of this repository: complete, and what would be generated now.

import Foundation
import SmithyCodegen
import Testing

@Suite struct KMSGenerationTests {
  private func model() throws -> SmithyModel {
    try SmithyModel(parsing: Repository.bytes("Model/kms.json"), named: "kms.json")
  }

  private func overlay() throws -> Overlay {
    try Overlay(parsing: Repository.bytes("Model/overlay.json"), named: "overlay.json")
  }

  private func generator() throws -> CodeGenerator {
    try CodeGenerator(
      model: model(), overlay: overlay(), sources: ["Model/kms.json", "Model/overlay.json"])
  }

  @Test func hasAllOperations() throws {
    let service = try Resolver.resolve(model(), overlay: overlay())
    #expect(service.operations.count == 54)
    #expect(service.swiftName == "KMS")
    #expect(service.name == "TrentService")
    #expect(service.choices.map(\.swiftName) == ["DataKeySize"])
  }

  @Test func committedTypesAreWhatWouldBeGenerated() throws {
    let folder = OutputFolder(path: Repository.path("Sources/KMSModel/Generated"))
    #expect(folder.differences(from: try generator().types()) == [])
  }

  @Test func committedClientIsWhatWouldBeGenerated() throws {
    let folder = OutputFolder(path: Repository.path("Sources/KMSClient/Generated"))
    #expect(folder.differences(from: try generator().client()) == [])
  }

  @Test func committedCommandsAreWhatWouldBeGenerated() throws {
    let folder = OutputFolder(path: Repository.path("Sources/keywright/Generated"))
    #expect(folder.differences(from: try generator().commands()) == [])
  }

  @Test func everythingIsDocumented() throws {
    let service = try Resolver.resolve(model(), overlay: overlay())
    let structures = service.structures + service.operations.flatMap { [$0.input, $0.output] }
    let texts =
      service.operations.map(\.documentation) + service.structures.map(\.documentation)
      + structures.flatMap { $0.members.map(\.documentation) } + service.enumerations.map(\.documentation)
      + service.errors.map(\.documentation)
    let undocumented = texts.filter { text in
      ["The operation `", "The structure `", "The member `", "The enum `", "The error `"].contains(
        where: text.hasPrefix)
    }
    #expect(undocumented == [])
    #expect(texts.allSatisfy { $0.hasSuffix(".") })
  }

  @Test func theModelHoldsNoDocumentation() throws {
    let text = String(decoding: try Repository.bytes("Model/kms.json"), as: UTF8.self)
    #expect(!text.contains("smithy.api#documentation"))
  }

  @Test func secretsAreSecretBytes() throws {
    let service = try Resolver.resolve(model(), overlay: overlay())
    let structures = service.structures + service.operations.flatMap { [$0.input, $0.output] }
    let sensitive = structures.flatMap { structure in
      structure.members.filter(\.value.isSensitive).map { "\(structure.swiftName).\($0.swiftName)" }
    }
    #expect(
      Set(sensitive) == [
        "CreateCustomKeyStoreInput.keyStorePassword", "UpdateCustomKeyStoreInput.keyStorePassword",
        "DecryptOutput.plaintext", "DeriveSharedSecretOutput.sharedSecret", "EncryptInput.plaintext",
        "GenerateDataKeyOutput.plaintext", "GenerateDataKeyPairOutput.privateKeyPlaintext",
        "GenerateRandomOutput.plaintext", "GenerateMacInput.message", "VerifyMacInput.message", "SignInput.message",
        "VerifyInput.message", "XksProxyAuthenticationCredential.accessKeyID",
        "XksProxyAuthenticationCredential.rawSecretAccessKey", "XksProxyConfiguration.accessKeyID",
      ])
  }
}
