// The texts of errors.

import KMSCrypto
import Testing

@Suite struct CryptoErrorTests {
  @Test func textsAreOneLine() {
    let errors: [CryptoError] = [
      .authenticationFailure, .malformed, .unsupportedOperation, .invalidDigestLength, .invalidKeyLength,
      .invalidNonceLength, .invalidKeyID, .inputTooLong,
      .libraryFailure(operation: "EVP_PKEY_generate", code: 0x0800_0076),
    ]
    #expect(Set(errors.map(\.description)).count == errors.count)
    #expect(errors.allSatisfy { !$0.description.contains("\n") })
    #expect(errors.last?.description == "EVP_PKEY_generate failed, code 8000076")
  }
}
