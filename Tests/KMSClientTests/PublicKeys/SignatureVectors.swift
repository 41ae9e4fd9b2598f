// Signatures over one message, made by Python's `cryptography` 48 (OpenSSL 4) with the keys of `PairVector`.

import Foundation
import KMSClient
import Testing

/// A valid signature, and the key it is one of.
struct SignatureVector: CustomTestStringConvertible, Sendable {
  let keySpec: KeySpec
  let publicKey: [UInt8]
  let algorithm: SigningAlgorithm
  let signature: [UInt8]

  var testDescription: String { "\(keySpec.rawValue) \(algorithm.rawValue)" }

  static let message = Array("Keywright verifies what KMS signed.".utf8)

  /// Algorithms that hash the message, so that its digest will do.
  static let hashing = [
    SignatureVector(
      keySpec: .rsa2048, publicKey: PairVector.of(.rsa2048)?.publicKey ?? [], algorithm: .rsassaPSSSHA256,
      signature: decode(
        """
        MW/tV0/kUQnTv7V8IRGeR94APGOi9ofWkdRn+xmjGSYHkzUY6MQnJQ3TYl2CA8ZbplRybJq5bjCzQO0KXyVSq4yARzNYsBPLjjxv
        Gp7XgHkQZM7ReGNSlIQFfqLnQ7BqFgYeycMge1fLjUHQ5mez2Ju9SDVkvFUwQaHXZSvA2dDDfKiiXcH/gYVGYZvLtNCl6numynqZ
        P3D+mJeddRaKA5KpvZJ8JDNjwkpINds8TmYW5CzzmrFJ7sEP8INTwOfjZynvZ0RfCiY9HegOdzzp9YAY0ETDBAVUNzl1vzuicBbN
        WVqMC9MgQLErIg2EjwHEboB0Ur/br7HypYk0eR6VAw==
        """)),
    SignatureVector(
      keySpec: .rsa2048, publicKey: PairVector.of(.rsa2048)?.publicKey ?? [], algorithm: .rsassaPKCS1V15SHA256,
      signature: decode(
        """
        iFmwF0823/6PJzWSnhwzHfmWqIFrQY+KF68KWHKbFuWqunguE8bNwPLvaPsLKqbQ0LJZgOT0WeVun2vGT941gDY1yCJFaLjYwxgN
        B3NbiXcLwVbckWUO+HS8tBCLtW6i5m9BvupoaZQvDSSz5bbcchiOkYobOt7hIVzvEqNlmC0WlVDjuf2xy9/GWxRaFpyh3ct+yTrw
        xRjJgkJeiJjNtc87Wyflq3KA158przd4Js7Mpxc1wlSGDyDQgnHwWf7u66vZ7/oU6O6rLI60NE+MppslU0/ryQNiUdNhZbUSxMmD
        +/ivUwrfCqp/TbGruDfJfeuiQ8YAo51KhUFSvYxc6g==
        """)),
    SignatureVector(
      keySpec: .rsa2048, publicKey: PairVector.of(.rsa2048)?.publicKey ?? [], algorithm: .rsassaPSSSHA384,
      signature: decode(
        """
        dntu4SaCJVaB6rnbJonlTIK0y3Z09p+VaAoPX1Jgj4s46B7BuUeGEuLQmzRZqy+r9qBkj1Vy+KOaOZR3VH9wU6rz2egePZUglc9/
        br3OLeWYA6bwLyw7kGI1PYxgN/PsRWyJYPQ0vdCjpYDecXM20wzubrD7NUtWbtMnXNRZtzUNeOFhxGrJE3e82IEuCA8mZUb3v2ep
        Bb0bCex+NbROsiefQksITqtPXMsXmh63j20TDaCq4BxJN82cigD/7DNpQ1JO3QYLpT9y4MjeLHrFW6GCRgPLoHI6lM7dEvanH8cz
        icrVWDo80HrvllPZ6VaXLMNmozJ5niVzicq9H43ikQ==
        """)),
    SignatureVector(
      keySpec: .rsa2048, publicKey: PairVector.of(.rsa2048)?.publicKey ?? [], algorithm: .rsassaPKCS1V15SHA384,
      signature: decode(
        """
        DCqAI+5zg2ml/NAAAFWkXV9c4oZ3x8mleJbprrtFcxnM6a5IxotVV9E6k4iV7v5adpWqBq2Kn4J83ZR7RQd2PJS6qywgQ4Zk3kiR
        cadBQwwCPlyCSrYgkC1C31rnRMeg1rNFZnH7zuUWArMwebd0Rkg+n9Lz7WfSYvt0VgBWiAytu3kpKl/N0CptOzdFsvSVJj/vzjwt
        /W+uUu3Oo8zcLZ/nI/lv3iU3+jjYRl1kPXccKTFr1QYvl5eRs34f/kAOBn8AiHbAVaye1EtLceuXpS9NjN1bV/XFHzC8fF9ELjRN
        A3VJEbR1TXimgl+MIZoypaq8zW7ZWAaGvEFgoe3TkQ==
        """)),
    SignatureVector(
      keySpec: .rsa2048, publicKey: PairVector.of(.rsa2048)?.publicKey ?? [], algorithm: .rsassaPSSSHA512,
      signature: decode(
        """
        UsVAfhFuWsTpRPWKzDX5AYSy6ulFRBCuD8SirnwN6mAPaIpJuCmLebn85wTwtKucNMK0eu3T1M1ylGwce5ahZ8oRPwESL4l/NZZ6
        y0jO9nJ6un8FLW/Z6BBxsF4W+dE8FcifCNZ29Tlh6SPjDIf1PSVnlcUBZ8IeSkUEGknJ6FgRMrHeDnCuer72aM0WXQtbA6ZBZBwe
        BKb8CkFtpJqHXSPlJRKmTHZE3IycdnzhlHlw6r7RylRb6LHHGJtsa2GnNUUrx5MVeVYHOezjThaU90yE08mStHngzj0piTWOLe0D
        zEXHrbkG5NG/Nf5zMYZ6PlSprShcGotWQnSOktqOiQ==
        """)),
    SignatureVector(
      keySpec: .rsa2048, publicKey: PairVector.of(.rsa2048)?.publicKey ?? [], algorithm: .rsassaPKCS1V15SHA512,
      signature: decode(
        """
        crbyZFouTt1ZqYTz/2hOd+jitbCB5R6THtF5VC3EdQH9kGdk6vFKGluy0ucRlNTl+uHQllKo0HBvQl0Ud4T4NKgCqlhFVYa41Vz0
        BeaccPajkRNupGbz55ht93PyV0APobmWuuM6FSUCHul29b9QRYGcjQY72BGZRZsaowRgBG6KdTflgBDP7UTsBLB8thEkW69vA1D2
        6j0IdHwVrvRtOF4bgaaDyiTZLZbDZ2irUjEAi1AHs1Vk4x66h0XrmTErIJOkTa65ytT4yuKcCWun3uWwXNBwM7SfQ+fsfYFuVbRb
        9LXrhZtVToZXW1Z1r+x5kXA2KHy9qYZFioPL6kQ26A==
        """)),
    SignatureVector(
      keySpec: .eccNISTP256, publicKey: PairVector.of(.eccNISTP256)?.publicKey ?? [], algorithm: .ecdsaSHA256,
      signature: decode(
        "MEYCIQDmEgEHopcASvafLGw3/JhBt/zExHlrstKT74s0fIV2cwIhAKbdnAF48zv3hURj5yeV/kRMq1DN93v7s/mcwo+voDMt")),
    SignatureVector(
      keySpec: .eccNISTP384, publicKey: PairVector.of(.eccNISTP384)?.publicKey ?? [], algorithm: .ecdsaSHA384,
      signature: decode(
        """
        MGUCMQDG0ahQ3PpkleFpdBv9FH6suRUOYq1o9EuQdIpf3zsDgZwt0TcMdcsxFOk1ri9RRp4CMF5zs2WfuEMzOOyvwHlpcwz4n7Wg
        70sBYc+D2boMvxHbMgObwIOIvmLy5L2yPEQHFQ==
        """)),
    SignatureVector(
      keySpec: .eccNISTP521, publicKey: PairVector.of(.eccNISTP521)?.publicKey ?? [], algorithm: .ecdsaSHA512,
      signature: decode(
        """
        MIGIAkIBlXQszdt5TX7IzNC11FS+9N2KykuRCZr2ZbcWgbRIyQyTKrU5kDmqRSnqpIsf2gSwogllnx/9/EJayZ022tmSlwcCQgE/
        v3AcMcI9pAjFDBd96Qgww0LXNTvArGrCymDnFS/avcYeB9HNX6tkDGMI28orny/RrgfXXGRfs9k+t87FxkH4NQ==
        """)),
  ]

  /// Algorithms that sign whole messages only.
  static let whole = [
    SignatureVector(
      keySpec: .eccNISTEdwards25519, publicKey: PairVector.of(.eccNISTEdwards25519)?.publicKey ?? [],
      algorithm: .ed25519SHA512,
      signature: decode(
        "w21zVbDvCMYyIQxXUKFWru4T1wG0IfmsAPINT8QtJC52pDAuG7LZfs+hzHNxZl+gTEheUPhSediD8cEqZ847AQ==")),
    SignatureVector(
      keySpec: .mlDSA65, publicKey: MLDSAVectors.publicKey65, algorithm: .mlDSASHAKE256,
      signature: MLDSAVectors.signature65),
    SignatureVector(
      keySpec: .mlDSA87, publicKey: MLDSAVectors.publicKey87, algorithm: .mlDSASHAKE256,
      signature: MLDSAVectors.signature87),
  ]

  /// PSS signatures that KMS would neither make nor accept: a salt of 20 bytes, the longest salt, MGF1 with SHA-1.
  static let otherPSS = [
    decode(
      """
      oBTVL+z9KsdKTFVHmvW49dsLGQbBYFKe2OCcyRMu8mi3EpCLZEibLFZhopO0ecrUcxTgOS2SBMQE7ocd62DWrRgw9A7zgp4/eDRj
      emZ75KoBaflhu7+MLQJY/rV737mvgL+17Fo3zk8UhIXjr+Aq0r+bEqUtQu/fvAYsEphzDtfCvG9ck7PFIn2cvpERyEAZ7iDSvOGp
      SXj6PcwbF87kC5AQ0VRGuMoPN7vDnbYKpfuG8q8Hf/6y0jtoKRL/M5IXLWfOf5mjojIS9Fk4XJI+fcOPjpPNQAF06IhwzTFkwjsT
      c+gJJTH6csqeGLJs+fU1zhX5K9rZR1INq3UhNwX71Q==
      """),
    decode(
      """
      f9jMJcJp8mMpash7Zs5lO7CRO/kB8TjVq8UbsWvUdm309LtkpTyjrfCrUFvzMUBrMj7wSJkMgBnGbbk0EhXok44hYqhdNpzqpqOR
      3aFQkTaM5pmJFW6UTUOGTxl/7WX6TqpMVFHy1SBvuOTXmmwct7JWQvqzvt/4HCNvwDRxa20TlbfAnsmA6VZ+gzHMBtjFjbtreuy2
      AeZImfHs0+aHkjFHyZXGnE7y+I/aTE1NuTgUDLawGgKTGcVXaWe8sj4S9nlCtCA/ycBOGZRZXuV+sRQ/vdUHVavHjYU+EvtE8cEl
      iSchjZL8rmfoEcGYu0IQ2BK5w6BeqHC0C50vICJ/Hg==
      """),
    decode(
      """
      qY1TmrTsQts0BK3M8YDoEPqGnXEywYsLjWxOzlPHe8JCFf0cYLeCFZxJDpC/256av7gWWGizIoYMAS1Fw12/5uNhWK+4xmCqyGLB
      3+JiQO8CRs5Qa3Moj4zMKvvcYTREPf/JRi9MfQFDCPCreLLnjgDZJtyW1bfLhhttKRotMWGz8/3Rw2SYavHoqStzmTONWRPX1Hyv
      RbRilie5HFHijv8JBGsp6lMg1wgSW9bran+QydJ8D+sHPRZXDZO185CiTsmY9QGWIaQ5a/2fOBZzE6cXrE+/Fo2Agb4zMFB3i2Qz
      /18bVdZ5eoAdSRBuJG6oPVuR+JCx6Wr5MMYTMwevmQ==
      """),
  ]

  /// The P-256 signature as r and s, which is how JWS writes it and KMS does not.
  static let p256RS = decode(
    "5hIBB6KXAEr2nyxsN/yYQbf8xMR5a7LSk++LNHyFdnOm3ZwBePM794VEY+cnlf5ETKtQzfd7+7P5nMKPr6AzLQ==")

  /// A signature on a curve that swift-crypto does not have.
  static let secp256k1 = SignatureVector(
    keySpec: .eccSECGP256K1,
    publicKey: decode(
      """
      MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEXx2nuZfLZIPqx5gkuSE3geMUakkxqOPH4zgutzlc7Y7gUX9Fkh9c8mXw9QGdCZbstAX8
      BKAvKbb9V+abuxthFA==
      """),
    algorithm: .ecdsaSHA256,
    signature: decode(
      "MEUCIArxeb4tcR/fatZkKN5z0CLCyZaFnL4C6sxbVaEwUbdnAiEA8WPmVbPPqmMhvSE9XTGd16HNH30IDRmTR8qtiJAjLnA="))

  private static func decode(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64, options: .ignoreUnknownCharacters).map(Array.init) ?? []
  }
}
