// SP 800-108 counter mode against other implementations: OpenSSL's KBKDF and Python's KBKDFHMAC.

import KMSCrypto
import SecureMemory
import Testing

@Suite struct CounterModeKDFTests {
  /// Computed with OpenSSL 3.0.19 (`openssl kdf … KBKDF`) and Python cryptography 48, which agree.
  @Test func knownAnswers() throws {
    let kdf = try CounterModeKDF(key: SecretBytes(Array(0..<32)))
    #expect(
      try kdf.derive(label: "keywright/ciphertext/1", context: hex("00112233445566778899aabbccddeeff")).revealed.hex
        == "8288c4f29d60bcb75b6effcfd59606acc4a87742cfee2f01c22ff16523259be2")
    #expect(
      try kdf.derive(label: "keywright/material-id/1").revealed.hex
        == "cdbf44680c20821c7f07c0cbdc22588ca688c9fedbe6195138f45a0c5eb18ad8")
  }

  @Test(.needsOpenSSLCommand, arguments: [0, 1, 16, 67, 300]) func agreesWithOpenSSL(contextByteCount: Int) throws {
    let key = RandomBytes.array(count: 32)
    let context = RandomBytes.array(count: contextByteCount)
    var arguments = ["kdf", "-binary", "-keylen", "32"]
    // OpenSSL calls the label "salt" and the context "info"; an empty one is left out.
    var options = [
      "mac:HMAC", "digest:SHA256", "mode:COUNTER", "hexkey:" + key.hex, "hexsalt:" + Array("a label".utf8).hex,
    ]
    if !context.isEmpty { options.append("hexinfo:" + context.hex) }
    for option in options { arguments += ["-kdfopt", option] }
    let expected = try Tool.openssl.output(arguments + ["KBKDF"])
    #expect(try CounterModeKDF(key: SecretBytes(key)).derive(label: "a label", context: context).revealed == expected)
  }

  @Test(.needsPythonCryptography) func agreesWithPython() throws {
    let requests = [0, 1, 16, 67, 300].flatMap { count in
      [1, 32, 64, 100].map { keyByteCount in
        [
          "do": "derive_key", "key": RandomBytes.array(count: keyByteCount).hex,
          "label": Array("another label".utf8).hex, "context": RandomBytes.array(count: count).hex,
        ]
      }
    }
    let expected: [String] = try Tool.script("ciphertext_reference.py", requests)
    for (request, expected) in zip(requests, expected) {
      let kdf = try CounterModeKDF(key: SecretBytes(hex(try #require(request["key"]))))
      let context = try hex(try #require(request["context"]))
      #expect(try kdf.derive(label: "another label", context: context).revealed.hex == expected)
    }
  }

  @Test func everyInputCounts() throws {
    let kdf = try CounterModeKDF(key: SecretBytes(Array(0..<32)))
    let other = try CounterModeKDF(key: SecretBytes(Array(1..<33)))
    let keys = [
      try kdf.derive(label: "a", context: [1]), try kdf.derive(label: "b", context: [1]),
      try kdf.derive(label: "a", context: [2]), try kdf.derive(label: "a"), try other.derive(label: "a", context: [1]),
    ]
    #expect(Set(keys.map(\.revealed)).count == keys.count)
    #expect(try kdf.derive(label: "a", context: [1]) == keys[0])
    #expect(keys.allSatisfy { $0.count == 32 })
  }
}
