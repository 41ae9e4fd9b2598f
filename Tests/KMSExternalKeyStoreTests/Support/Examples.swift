// What the tests call a proxy with, and good answers.

import Foundation
import KMSCrypto
import KMSDomain
import KMSOperations
import Logging
import SecureMemory
import Testing

@testable import KMSExternalKeyStore

enum Examples {
  static let secret = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF/+="
  static let time = Date(timeIntervalSince1970: 1_800_000_000)
  static let metadata = ProxyRequestMetadata(
    principalARN: "arn:aws:iam::111122223333:user/alice", keyARN: "arn:aws:kms:eu-central-1:111122223333:key/k",
    operation: "Encrypt", requestID: "request-1")

  static func proxy(endpoint: String = "https://Proxy.example.com") throws -> ProxyAccess {
    ProxyAccess(
      region: try #require(Region("eu-central-1")), uriEndpoint: endpoint, uriPath: "/prefix/kms/xks/v1",
      accessKeyID: "ABCDEFGHIJKLMNOPQRST", secretAccessKey: SecretBytes(secret.utf8))
  }

  static func client(
    _ transport: ScriptedTransport, logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  ) -> XKSProxyClient {
    XKSProxyClient(transport: transport, logger: logger, now: { time })
  }

  // Small values whose checksum is known: see IntegrityValueTests.
  static let additionalData: [UInt8] = [1, 2]
  static let plaintext: [UInt8] = [8, 9]
  static let parts: [String: [UInt8]] = [
    "ciphertextMetadata": [3], "initializationVector": [UInt8](repeating: 4, count: 12), "ciphertext": [5, 6],
    "authenticationTag": [UInt8](repeating: 7, count: 16),
  ]

  static func sealed() throws -> ExternalCiphertextBlob.Sealed {
    try #require(
      ExternalCiphertextBlob.Sealed(
        initializationVector: parts["initializationVector"] ?? [], authenticationTag: parts["authenticationTag"] ?? [],
        metadata: parts["ciphertextMetadata"] ?? [], ciphertext: parts["ciphertext"] ?? []))
  }

  /// A good answer to Encrypt, some of its members changed (nil: left out); the checksum fits what is there.
  static func encryption(_ changes: [String: [UInt8]?] = [:]) -> String {
    var members = parts.mapValues { Optional($0) }
    for (name, value) in changes { members[name] = .some(value) }
    let order = ["ciphertextMetadata", "initializationVector", "ciphertext", "authenticationTag"]
    if changes["ciphertextDataIntegrityValue"] == nil {
      members["ciphertextDataIntegrityValue"] = checksum(additionalData + order.flatMap { (members[$0] ?? nil) ?? [] })
    }
    let texts = members.compactMap { name, value in
      value.map { "\"\(name)\": \"\(Data($0).base64EncodedString())\"" }
    }
    return "{\(texts.joined(separator: ", "))}"
  }

  static let health = """
    {"xksProxyFleetSize": 1, "xksProxyVendor": "v", "xksProxyModel": "m", "ekmVendor": "e", "ekmFleetDetails": \
    [{"id": "1", "model": "m", "healthStatus": "ACTIVE"}, {"id": "2", "model": "m", "healthStatus": "UNAVAILABLE"}]}
    """
}
