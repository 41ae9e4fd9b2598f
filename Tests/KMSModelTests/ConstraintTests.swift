// What the service says about inputs that break the model's constraints.
//
// The wording is that of answers recorded from AWS KMS (localstack's and moto's test data); paths are lower camel case.

import AWSJSON
@testable import KMSModel
import Testing

@Suite struct ConstraintTests {
  private func message<Input: AWSJSONStructure>(_ type: Input.Type, _ json: String) -> String? {
    do throws(InputError) {
      _ = try Input.decodeInput(Array(json.utf8))
      return nil
    } catch {
      guard case .constraints(let message) = error else { return "\(error)" }
      return message
    }
  }

  @Test func lengths() {
    #expect(
      message(DescribeKeyInput.self, #"{"KeyId": ""}"#)
        == "1 validation error detected: Value '' at 'keyId' failed to satisfy constraint: "
        + "Member must have length greater than or equal to 1")
    let long = String(repeating: "x", count: 2049)
    #expect(
      message(DescribeKeyInput.self, #"{"KeyId": "\#(long)"}"#)
        == "1 validation error detected: Value '\(long)' at 'keyId' failed to satisfy constraint: "
        + "Member must have length less than or equal to 2048")
  }

  @Test func secretsAreLeftOut() {
    let zeros = String(repeating: "A", count: 5464)  // 4,098 bytes
    #expect(
      message(EncryptInput.self, #"{"KeyId": "k", "Plaintext": "\#(zeros)"}"#)
        == "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: "
        + "Member must have length less than or equal to 4096")
    #expect(
      message(UpdateCustomKeyStoreInput.self, #"{"CustomKeyStoreId": "s", "KeyStorePassword": "hunter"}"#)
        == "1 validation error detected: Value at 'keyStorePassword' failed to satisfy constraint: "
        + "Member must have length greater than or equal to 7")
  }

  @Test func ranges() {
    #expect(
      message(GenerateRandomInput.self, #"{"NumberOfBytes": 0}"#)
        == "1 validation error detected: Value '0' at 'numberOfBytes' failed to satisfy constraint: "
        + "Member must have value greater than or equal to 1")
    #expect(
      message(GenerateRandomInput.self, #"{"NumberOfBytes": 1025}"#)
        == "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: "
        + "Member must have value less than or equal to 1024")
    #expect(message(GenerateRandomInput.self, #"{"NumberOfBytes": 1024}"#) == nil)
  }

  @Test func enums() {
    #expect(
      message(GenerateDataKeyInput.self, #"{"KeyId": "k", "KeySpec": "AES_512"}"#)
        == "1 validation error detected: Value 'AES_512' at 'keySpec' failed to satisfy constraint: "
        + "Member must satisfy enum value set: [AES_256, AES_128]")
  }

  @Test func patterns() {
    #expect(
      message(DeleteAliasInput.self, #"{"AliasName": "alias/a b"}"#)
        == "1 validation error detected: Value 'alias/a b' at 'aliasName' failed to satisfy constraint: "
        + "Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$")
    #expect(message(DeleteAliasInput.self, #"{"AliasName": "alias/a-b"}"#) == nil)
  }

  @Test func everyPatternCanBeChecked() {
    #expect(ShapePatterns.all.count == 18)
    #expect(ShapePatterns.all.filter { !$0.isSupported }.isEmpty)
  }

  @Test func insideListsOfStructures() {
    #expect(
      message(
        TagResourceInput.self,
        #"{"KeyId": "k", "Tags": [{"TagKey": "a", "TagValue": ""}, {"TagKey": "", "TagValue": "b"}]}"#
      )
        == "1 validation error detected: Value '' at 'tags.2.member.tagKey' failed to satisfy constraint: "
        + "Member must have length greater than or equal to 1")
    #expect(
      message(TagResourceInput.self, #"{"KeyId": "k", "Tags": [{"TagKey": "a"}]}"#)
        == "1 validation error detected: Value null at 'tags.1.member.tagValue' failed to satisfy constraint: "
        + "Member must not be null")
  }

  @Test func insideLists() {
    #expect(
      message(DescribeKeyInput.self, #"{"KeyId": "k", "GrantTokens": ["t", ""]}"#)
        == "1 validation error detected: Value '' at 'grantTokens.2.member' failed to satisfy constraint: "
        + "Member must have length greater than or equal to 1")
    #expect(
      message(CreateGrantInput.self, #"{"KeyId": "k", "GranteePrincipal": "p", "Operations": ["Decrypt", "Fly"]}"#)?
        .hasPrefix("1 validation error detected: Value 'Fly' at 'operations.2.member' failed to satisfy constraint: ")
        == true)
  }

  @Test func inTheOrderOfTheModelWhateverTheOrderOfTheRequest() {
    // TagResource lists KeyId before Tags; the request has them the other way round.
    #expect(
      message(TagResourceInput.self, #"{"Tags": [{"TagKey": "", "TagValue": "v"}], "KeyId": ""}"#)
        == "2 validation errors detected: Value '' at 'keyId' failed to satisfy constraint: "
        + "Member must have length greater than or equal to 1; Value '' at 'tags.1.member.tagKey' failed to satisfy "
        + "constraint: Member must have length greater than or equal to 1")
  }

  @Test func answersAreNotCheckedForConstraints() throws {
    let text = #"{"KeyId": "", "KeyState": "Melted", "PendingWindowInDays": 0}"#
    let output = try ScheduleKeyDeletionOutput.decodeOutput(Array(text.utf8))
    #expect(output == ScheduleKeyDeletionOutput(keyID: "", keyState: .unknown("Melted"), pendingWindowInDays: 0))
  }

  @Test func wrongTypesAreSerializationErrors() {
    for json in [#"{"KeyId": 5}"#, #"{"KeyId": ["k"]}"#, "[]", "nonsense", #"{"KeyId": "k"} x"#] {
      #expect {
        try DescribeKeyInput.decodeInput(Array(json.utf8))
      } throws: { error in
        if case .serialization? = error as? InputError { true } else { false }
      }
    }
  }
}
