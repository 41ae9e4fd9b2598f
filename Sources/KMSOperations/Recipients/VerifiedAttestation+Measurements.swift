// What policies and the audit trail have of an attestation document.

import NitroAttestation

extension VerifiedAttestation {
  /// The values of the condition keys `kms:RecipientAttestation:…`, by measurement in lower case. Registers are
  /// hexadecimal in lower case.
  var measurements: [String: String] {
    var measurements: [String: String] = [:]
    for (index, value) in document.pcrs { measurements["pcr\(index)"] = value.lowercaseHex }
    for (index, value) in document.nitroTPMPCRs { measurements["nitrotpmpcr\(index)"] = value.lowercaseHex }
    measurements["imagesha384"] = measurements["pcr0"]
    return measurements
  }

  /// The members of CloudTrail's `additionalEventData.recipient`, in its order.
  var recorded: [(name: String, value: String)] {
    var members = [(name: "attestationDocumentModuleId", value: document.moduleID)]
    if let image = document.pcrs[0] {
      members.append((name: "attestationDocumentEnclaveImageDigest", value: image.lowercaseHex))
    }
    for index in Self.recordedNitroTPMRegisters {
      guard let register = document.nitroTPMPCRs[index] else { continue }
      members.append((name: "attestationDocumentNitroTPMPCR\(index)", value: register.lowercaseHex))
    }
    return members
  }

  /// Those that CloudTrail tells of.
  private static let recordedNitroTPMRegisters = [4, 7, 8, 9, 16, 23]
}

extension [UInt8] {
  fileprivate var lowercaseHex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
  }
}
