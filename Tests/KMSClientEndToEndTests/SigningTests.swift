// Signatures of every kind that the service makes, verified by the service and here.

import Crypto
import KMSClient
import SecureMemory
import Testing

extension DevelopmentServiceTests {
  @Suite struct SigningTests {
    struct Signer: Sendable, CustomTestStringConvertible {
      let spec: KeySpec
      let algorithms: [SigningAlgorithm]
      /// Whether the client can verify without the service.
      var isVerifiedHere = true

      var testDescription: String { spec.rawValue }
    }

    private static let rsa: [SigningAlgorithm] = [
      .rsassaPKCS1V15SHA256, .rsassaPKCS1V15SHA384, .rsassaPKCS1V15SHA512, .rsassaPSSSHA256, .rsassaPSSSHA384,
      .rsassaPSSSHA512,
    ]

    private static let signers = [
      Signer(spec: .rsa2048, algorithms: rsa), Signer(spec: .rsa3072, algorithms: [.rsassaPSSSHA512]),
      Signer(spec: .eccNISTP256, algorithms: [.ecdsaSHA256]),
      Signer(spec: .eccNISTP384, algorithms: [.ecdsaSHA384]), Signer(spec: .eccNISTP521, algorithms: [.ecdsaSHA512]),
      Signer(spec: .eccNISTEdwards25519, algorithms: [.ed25519SHA512]),
      Signer(spec: .eccNISTEdwards25519, algorithms: [.ed25519PHSHA512], isVerifiedHere: false),
      Signer(spec: .mlDSA65, algorithms: [.mlDSASHAKE256]), Signer(spec: .mlDSA87, algorithms: [.mlDSASHAKE256]),
      Signer(spec: .mlDSA44, algorithms: [.mlDSASHAKE256], isVerifiedHere: false),
      Signer(spec: .eccSECGP256K1, algorithms: [.ecdsaSHA256], isVerifiedHere: false),
      Signer(spec: .sm2, algorithms: [.sm2dsa], isVerifiedHere: false),
    ]

    private static let message = SecretBytes("signed by a KMS key".utf8)
    private static let other = SecretBytes("not signed by a KMS key".utf8)

    @Test("the service and the client agree on every signature", arguments: signers)
    func agreement(_ signer: Signer) async throws {
      try await withClient { kms in
        let key = try await kms.makeKey(signer.spec, for: .signVerify)
        let publicKey = try await kms.publicKey(keyID: key.keyID)
        #expect(publicKey.keyID == key.arn)
        for algorithm in signer.algorithms {
          #expect(publicKey.signingAlgorithms.contains(algorithm))
          try await check(algorithm, isVerifiedHere: signer.isVerifiedHere, publicKey, by: kms)
        }
      }
    }

    private func check(
      _ algorithm: SigningAlgorithm, isVerifiedHere: Bool, _ publicKey: KMSPublicKey, by kms: KMSClient
    ) async throws {
      // Ed25519ph signs digests only.
      let isDigest = algorithm == .ed25519PHSHA512
      let content = isDigest ? SecretBytes(Array(SHA512.hash(data: Self.message.array))) : Self.message
      let messageType: MessageType = isDigest ? .digest : .raw
      let signature = try await kms.sign(
        keyID: publicKey.keyID, message: content, signingAlgorithm: algorithm, messageType: messageType
      ).signature
      let verified = try await kms.verify(
        keyID: publicKey.keyID, message: content, signature: signature, signingAlgorithm: algorithm,
        messageType: messageType)
      #expect(verified.signatureValid)

      if isVerifiedHere {
        try publicKey.verify(signature: signature, of: Self.message, algorithm: algorithm)
        #expect(throws: PublicKeyError.invalidSignature) {
          try publicKey.verify(signature: signature, of: Self.other, algorithm: algorithm)
        }
      } else {
        #expect(throws: PublicKeyError.unsupportedAlgorithm(algorithm.rawValue)) {
          try publicKey.verify(signature: signature, of: Self.message, algorithm: algorithm)
        }
      }
    }

    @Test("a message too long for the service is signed by its digest, and verified here as a whole")
    func longMessage() async throws {
      try await withClient { kms in
        let key = try await kms.makeKey(.rsa2048, for: .signVerify)
        let message = [UInt8](repeating: 0x61, count: 100_000)
        let digest = SHA256.hash(data: message)
        let signature = try await kms.sign(
          keyID: key.keyID, message: SecretBytes(Array(digest)), signingAlgorithm: .rsassaPSSSHA256,
          messageType: .digest
        ).signature
        let publicKey = try await kms.publicKey(keyID: key.keyID)
        try publicKey.verify(signature: signature, of: message, algorithm: .rsassaPSSSHA256)
        try publicKey.verify(signature: signature, ofDigest: digest, algorithm: .rsassaPSSSHA256)
      }
    }
  }
}
