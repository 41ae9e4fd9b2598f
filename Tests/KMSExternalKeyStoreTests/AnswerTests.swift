// What comes back: good answers are read, and everything else is malformed.

import KMSCrypto
import KMSOperations
import Testing

@testable import KMSExternalKeyStore

@Suite struct AnswerTests {
  private static func encrypt(_ transport: ScriptedTransport) async throws -> ExternalCiphertextBlob.Sealed {
    try await Examples.client(transport).encrypt(
      Examples.plaintext, additionalData: Examples.additionalData, withKey: "k", behind: try Examples.proxy(),
      Examples.metadata)
  }

  @Test func encryptions() async throws {
    #expect(try await Self.encrypt(ScriptedTransport(Examples.encryption())) == Examples.sealed())
    let without = try await Self.encrypt(ScriptedTransport(Examples.encryption(["ciphertextMetadata": nil])))
    #expect(without.metadata == [])
    let long = [UInt8](repeating: 4, count: 16)
    #expect(
      try await Self.encrypt(ScriptedTransport(Examples.encryption(["initializationVector": long])))
        .initializationVector == long)
    let unknownMembers = #"{"more": [1, {"a": null}], "# + Examples.encryption().dropFirst()
    #expect(try await Self.encrypt(ScriptedTransport(unknownMembers)) == Examples.sealed())
  }

  @Test(arguments: [
    "", "{", "[]", "null", "{}{}", "\u{FEFF}{}", #"{"ciphertext": "BQY="}"#,
    Examples.encryption(["ciphertext": nil]), Examples.encryption(["initializationVector": nil]),
    Examples.encryption(["authenticationTag": nil]),
    Examples.encryption(["ciphertextDataIntegrityValue": nil]),
    Examples.encryption(["ciphertextDataIntegrityValue": [UInt8](repeating: 0, count: 32)]),
    Examples.encryption(["ciphertextDataIntegrityValue": []]),
    Examples.encryption(["ciphertext": [5]]), Examples.encryption(["ciphertext": [5, 6, 7]]),
    Examples.encryption(["ciphertext": []]),
    Examples.encryption(["initializationVector": [UInt8](repeating: 4, count: 11)]),
    Examples.encryption(["initializationVector": [UInt8](repeating: 4, count: 13)]),
    Examples.encryption(["authenticationTag": [UInt8](repeating: 7, count: 15)]),
    Examples.encryption(["authenticationTag": [UInt8](repeating: 7, count: 17)]),
    Examples.encryption(["ciphertextMetadata": [UInt8](repeating: 3, count: 21)]),
    Examples.encryption().replacing("BQY=", with: "BQY"), Examples.encryption().replacing("\"BQY=\"", with: "null"),
  ])
  func encryptionsThatMakeNoSense(_ answer: String) async throws {
    await #expect(throws: ProxyFailure.malformedResponse) { try await Self.encrypt(ScriptedTransport(answer)) }
  }

  @Test(arguments: [
    #"{"plaintext": ""}"#, #"{"plaintext": "CA=="}"#, #"{"plaintext": "CAkK"}"#, #"{"plaintext": null}"#,
    #"{"plaintext": [8, 9]}"#, "{}", #"{"plaintext": "CAk="} x"#,
  ])
  func decryptionsThatMakeNoSense(_ answer: String) async throws {
    let sealed = try Examples.sealed()
    await #expect(throws: ProxyFailure.malformedResponse) {
      try await Examples.client(ScriptedTransport(answer)).decrypt(
        sealed, additionalData: [], withKey: "k", behind: try Examples.proxy(), Examples.metadata)
    }
  }

  @Test func keyMetadata() async throws {
    let answer = #"{"keySpec": "AES_128", "keyUsage": ["SIGN", "OTHER"], "keyStatus": "DISABLED"}"#
    let found = try await Examples.client(ScriptedTransport(answer)).metadata(
      ofKey: "k", behind: try Examples.proxy(), Examples.metadata)
    #expect(found == ExternalKeyMetadata(spec: "AES_128", usages: ["SIGN", "OTHER"], status: "DISABLED"))
  }

  @Test(arguments: [
    #"{"keyUsage": [], "keyStatus": "ENABLED"}"#, #"{"keySpec": "AES_256", "keyStatus": "ENABLED"}"#,
    #"{"keySpec": "AES_256", "keyUsage": []}"#, #"{"keySpec": 256, "keyUsage": [], "keyStatus": "ENABLED"}"#,
    #"{"keySpec": "AES_256", "keyUsage": "ENCRYPT", "keyStatus": "ENABLED"}"#,
    #"{"keySpec": "AES_256", "keyUsage": ["a","a","a","a","a","a","a","a","a","a","a"], "keyStatus": "ENABLED"}"#,
  ])
  func keyMetadataThatMakesNoSense(_ answer: String) async throws {
    await #expect(throws: ProxyFailure.malformedResponse) {
      try await Examples.client(ScriptedTransport(answer)).metadata(
        ofKey: "k", behind: try Examples.proxy(), Examples.metadata)
    }
  }

  @Test func health() async throws {
    let found = try await Examples.client(ScriptedTransport(Examples.health)).health(
      of: try Examples.proxy(), Examples.metadata)
    #expect(found == KeyManagerHealth(instances: [.active, .unavailable]))
  }

  @Test(arguments: [
    Examples.health.replacing("\"xksProxyFleetSize\": 1, ", with: ""),
    Examples.health.replacing("\"xksProxyFleetSize\": 1", with: "\"xksProxyFleetSize\": 0"),
    Examples.health.replacing("\"xksProxyVendor\": \"v\", ", with: ""),
    Examples.health.replacing("\"xksProxyModel\": \"m\", ", with: ""),
    Examples.health.replacing("\"ekmVendor\": \"e\", ", with: ""),
    Examples.health.replacing("ACTIVE\"}", with: "active\"}"),
    Examples.health.replacing("\"id\": \"1\", ", with: ""),
    Examples.health.replacing(", \"healthStatus\": \"ACTIVE\"", with: ""),
    #"{"xksProxyFleetSize": 1, "xksProxyVendor": "v", "xksProxyModel": "m", "ekmVendor": "e", "ekmFleetDetails": []}"#,
  ])
  func healthThatMakesNoSense(_ answer: String) async throws {
    await #expect(throws: ProxyFailure.malformedResponse) {
      try await Examples.client(ScriptedTransport(answer)).health(of: try Examples.proxy(), Examples.metadata)
    }
  }

  @Test(arguments: [201, 204, 301, 307, 500]) func onlyStatus200IsSuccess(_ status: Int) async throws {
    await #expect(throws: ProxyFailure.malformedResponse) {
      try await Self.encrypt(ScriptedTransport(status: status, Examples.encryption()))
    }
  }
}
