// Which tokens are believed.

import Foundation
import JWTKit
import KMSAccess
import KMSDomain
import Testing

@testable import KMSWebIdentity

@Suite struct VerifierTests {
  @Test(arguments: SigningAlgorithm.allCases)
  func algorithms(algorithm: SigningAlgorithm) async throws {
    let signer = try await TokenSigner(algorithm)
    let believer = try Believer(ChangingKeySet([signer]))
    let token = try signer.token(Believer.claims())
    let identity = try await believer.verify(token)
    #expect(identity.subject == "repo:x/y")
    #expect(identity.audience == "client")
    #expect(identity.issuer == Believer.issuer)
    #expect(identity.providerARN == "arn:aws:iam::111122223333:oidc-provider/token.example.com/a")
    #expect(
      identity.claims == ["token.example.com/a:sub": ["repo:x/y"], "token.example.com/a:aud": ["client"]])
    try await expectEveryAlterationRefused(token, believer)
  }

  /// Changes one character of each part after the other: never is the token believed.
  private func expectEveryAlterationRefused(_ token: String, _ believer: Believer) async throws {
    let characters = Array(token)
    for index in stride(from: 0, to: characters.count, by: 7) where characters[index] != "." {
      var altered = characters
      altered[index] = altered[index] == "A" ? "B" : "A"
      await #expect(throws: WebIdentityError.self, "character \(index)") {
        try await believer.verify(String(altered))
      }
    }
  }

  @Test func aKeyWithoutAnAlgorithmServesEachThatFits() async throws {
    let signer = try await TokenSigner(.ps384)
    let anyUse = signer.jwk.filter { $0.key != "alg" && $0.key != "use" }
    let keys = try ProviderKey.keys(in: Array(try TokenSigner.json(["keys": [anyUse]]).utf8))
    let key = try #require(keys.first)
    #expect(key.algorithm == nil)
    let token = try CompactToken(try signer.token(Believer.claims()))
    #expect(await token.isSigned(with: key))
    for algorithm in SigningAlgorithm.allCases {
      #expect(algorithm.accepts(key) == "RP".contains(algorithm.rawValue.prefix(1)))
    }
  }

  @Test func aSignatureOfAnotherKeyIsRefused() async throws {
    let (known, other) = (try await TokenSigner(.es256), try await TokenSigner(.es256))
    let believer = try Believer(ChangingKeySet([known]))
    await #expect(throws: WebIdentityError.invalidSignature) {
      try await believer.verify(try other.token(Believer.claims()))
    }
  }

  // MARK: Headers

  @Test(arguments: [
    ("none", WebIdentityError.unsupportedAlgorithm), ("None", .unsupportedAlgorithm), ("", .unsupportedAlgorithm),
    ("HS256", .unsupportedAlgorithm), ("HS512", .unsupportedAlgorithm), ("RSA-OAEP", .unsupportedAlgorithm),
    ("es256", .unsupportedAlgorithm), ("ES384", .unknownKey), ("RS256", .unknownKey), ("EdDSA", .unknownKey),
  ])
  func otherAlgorithmsInTheHeader(name: String, error: WebIdentityError) async throws {
    let signer = try await TokenSigner(.es256)
    let believer = try Believer(ChangingKeySet([signer]))
    await #expect(throws: error) {
      try await believer.verify(try signer.token(Believer.claims(), header: ["alg": name]))
    }
  }

  @Test func aPublicKeyIsNoSharedSecret() async throws {
    let signer = try await TokenSigner(.rs256)
    let believer = try Believer(ChangingKeySet([signer]))
    let keys = JWTKeyCollection()
    await keys.add(hmac: HMACKey(from: try #require(signer.jwk["n"])), digestAlgorithm: .sha256, kid: "key-1")
    let hmac = try await keys.getKey(for: "key-1")
    let content = [
      try TokenSigner.json(["alg": "HS256", "kid": "key-1"]), try TokenSigner.json(Believer.claims()),
    ].map { TokenSigner.base64URL(Data($0.utf8)) }.joined(separator: ".")
    let token = content + "." + TokenSigner.base64URL(Data(try hmac.sign(Data(content.utf8))))
    await #expect(throws: WebIdentityError.unsupportedAlgorithm) { try await believer.verify(token) }
  }

  @Test func whatMustBeUnderstoodIsRefused() async throws {
    let signer = try await TokenSigner(.es256)
    let believer = try Believer(ChangingKeySet([signer]))
    await #expect(throws: WebIdentityError.unsupportedAlgorithm) {
      try await believer.verify(try signer.token(Believer.claims(), header: ["crit": ["b64"], "b64": false]))
    }
  }

  @Test func malformedTokens() async throws {
    let signer = try await TokenSigner(.es256)
    let believer = try Believer(ChangingKeySet([signer]))
    let (header, claims) = (#"{"alg":"ES256","kid":"key-1"}"#, try TokenSigner.json(Believer.claims()))
    let good = try signer.sign(header, claims)
    _ = try await believer.verify(good)
    let parts = good.split(separator: ".").map(String.init)
    let malformed = [
      "", ".", "..", "...", "a.b", good + ".", good + ".x", "." + good, good + "=", good + " ", " " + good,
      parts[0] + "=." + parts[1] + "." + parts[2], parts[0] + "." + parts[1], "\u{0}",
      String(repeating: ".", count: 9999),
      try signer.sign("", claims), try signer.sign("[]", claims), try signer.sign("{", claims),
      try signer.sign("{}", claims), try signer.sign(#"{"alg":1}"#, claims), try signer.sign(#"{"alg":null}"#, claims),
      try signer.sign(#"{"alg":"ES256","kid":1}"#, claims), try signer.sign(#"{"alg":"none","alg":"ES256"}"#, claims),
      try signer.sign(header, ""), try signer.sign(header, "[]"), try signer.sign(header, claims + "x"),
      try signer.sign(header, String(claims.dropLast()) + #","sub":"somebody else"}"#),
    ]
    for token in malformed {
      await #expect(throws: WebIdentityError.malformed, "\(token.prefix(100))") { try await believer.verify(token) }
    }
  }

  // MARK: Claims

  struct ClaimCase: Sendable, CustomTestStringConvertible {
    let name: String
    let json: String?
    let error: WebIdentityError?
    var testDescription: String { "\(name): \(json ?? "absent")" }

    init(_ name: String, _ json: String?, _ error: WebIdentityError?) {
      (self.name, self.json, self.error) = (name, json, error)
    }
  }

  private static let now = Int64(Believer.start)
  private static let long = #"""# + String(repeating: "s", count: 256) + #"""#

  @Test(arguments: [
    ClaimCase("iss", nil, .missingClaim("iss")), ClaimCase("iss", "1", .missingClaim("iss")),
    ClaimCase("iss", #""https://token.example.com/a/""#, .unknownProvider(issuer: "https://token.example.com/a/")),
    ClaimCase("iss", #""https://Token.example.com/a""#, .unknownProvider(issuer: "https://Token.example.com/a")),
    ClaimCase("iss", #""token.example.com/a""#, .unknownProvider(issuer: "token.example.com/a")),
    ClaimCase("sub", nil, .missingClaim("sub")), ClaimCase("sub", #""""#, .missingClaim("sub")),
    ClaimCase("sub", long, .missingClaim("sub")), ClaimCase("sub", #"["x"]"#, .missingClaim("sub")),
    ClaimCase("aud", nil, .missingClaim("aud")), ClaimCase("aud", "[]", .missingClaim("aud")),
    ClaimCase("aud", #"["client",1]"#, .missingClaim("aud")), ClaimCase("aud", #""other""#, .wrongAudience),
    ClaimCase("aud", #""Client""#, .wrongAudience), ClaimCase("aud", #""client ""#, .wrongAudience),
    ClaimCase("aud", #"["other","client"]"#, nil), ClaimCase("azp", #""other""#, nil),
    ClaimCase("azp", "1", .missingClaim("azp")), ClaimCase("azp", "null", nil),
    ClaimCase("exp", nil, .missingClaim("exp")), ClaimCase("exp", #""\#(now + 60)""#, .missingClaim("exp")),
    ClaimCase("exp", "-1", .missingClaim("exp")), ClaimCase("exp", "1e300", .missingClaim("exp")),
    ClaimCase("exp", "\(now - 299)", nil), ClaimCase("exp", "\(now + 1).5", nil),
    ClaimCase("exp", "\(now - 300)", .expired(now: now, expiry: now - 300)),
    ClaimCase("exp", "1", .expired(now: now, expiry: 1)), ClaimCase("exp", "0", .expired(now: now, expiry: 0)),
    ClaimCase("nbf", "\(now + 300)", nil), ClaimCase("nbf", "\(now + 301)", .notYetValid),
    ClaimCase("nbf", #""x""#, .missingClaim("nbf")),
    ClaimCase("iat", nil, .missingClaim("iat")), ClaimCase("iat", "\(now + 300)", nil),
    ClaimCase("iat", "\(now + 301)", .notYetValid), ClaimCase("iat", "1", nil),
    ClaimCase("amr", "{}", .missingClaim("amr")), ClaimCase("extra", #"{"deep":[1,{"x":null}]}"#, nil),
  ])
  func claims(claim: ClaimCase) async throws {
    let signer = try await TokenSigner(.edDSA)
    let believer = try Believer(ChangingKeySet([signer]))
    let others = try TokenSigner.json(Believer.claims([claim.name: nil])).dropLast()
    let payload = others + (claim.json.map { #","\#(claim.name)":\#($0)}"# } ?? "}")
    let token = try signer.sign(#"{"alg":"EdDSA","kid":"key-1"}"#, String(payload))
    if let error = claim.error {
      await #expect(throws: error) { try await believer.verify(token) }
    } else {
      _ = try await believer.verify(token)
    }
  }

  @Test func whoAskedForATokenMayUseIt() async throws {
    let signer = try await TokenSigner(.es256)
    let believer = try Believer(ChangingKeySet([signer]), clientIDs: ["app"])
    let identity = try await believer.verify(
      try signer.token(Believer.claims(["aud": "backend", "azp": "app", "amr": ["pwd", "otp"]])))
    #expect(identity.audience == "app")
    #expect(identity.claims["token.example.com/a:aud"] == ["app"])
    #expect(identity.claims["token.example.com/a:oaud"] == ["backend"])
    #expect(identity.claims["token.example.com/a:amr"] == ["pwd", "otp"])
  }

  @Test func providersAreTheirAccounts() async throws {
    let signer = try await TokenSigner(.es256)
    let source = ChangingKeySet([signer])
    let accounts = try ["111122223333", "444455556666"].map { try #require(AccountID($0)) }
    let providers = zip(accounts, ["one", "two"]).map { account, client in
      DeclaredIdentityProvider(
        account: account, issuer: Believer.issuer, clientIDs: [client], keysSource: .url("https://keys.example.com"))
    }
    let verifier = try WebIdentityVerifier(providers, logger: Believer.quiet) { _, _ in source }
    let token = try signer.token(Believer.claims(["aud": "two"]))
    let now = Date(timeIntervalSince1970: Believer.start)
    let identity = try await verifier.verify(token, in: accounts[1], partition: "aws-cn", now: now)
    #expect(identity.providerARN == "arn:aws-cn:iam::444455556666:oidc-provider/token.example.com/a")
    await #expect(throws: WebIdentityError.wrongAudience) {
      try await verifier.verify(token, in: accounts[0], partition: "aws", now: now)
    }
    let none = try #require(AccountID("999999999999"))
    await #expect(throws: WebIdentityError.unknownProvider(issuer: Believer.issuer)) {
      try await verifier.verify(token, in: none, partition: "aws", now: now)
    }
    #expect(throws: WebIdentityVerifier.ConfigurationError.duplicate(issuer: Believer.issuer)) {
      try WebIdentityVerifier(providers + [providers[0]], logger: Believer.quiet) { _, _ in source }
    }
  }
}
