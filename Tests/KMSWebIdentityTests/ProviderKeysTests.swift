// Keys of providers: read, kept, fetched anew.

import Foundation
import KMSAccess
import KMSDomain
import Testing

@testable import KMSWebIdentity

@Suite struct ProviderKeysTests {
  @Test func keysAreFetchedOnceForManyTokens() async throws {
    let signer = try await TokenSigner(.es256)
    let source = ChangingKeySet([signer])
    let believer = try Believer(source)
    let token = try signer.token(Believer.claims())
    try await withThrowingTaskGroup { group in
      for _ in 0..<ProviderKeys.maximumWaiting { group.addTask { _ = try await believer.verify(token) } }
      try await group.waitForAll()
    }
    #expect(source.fetches == 1)
  }

  @Test func anUnknownKeyIsLookedForOnceAMinute() async throws {
    let (old, new) = (try await TokenSigner(.es256, id: "old"), try await TokenSigner(.es256, id: "new"))
    let source = ChangingKeySet([old])
    let believer = try Believer(source)
    let token = try new.token(Believer.claims())
    _ = try await believer.verify(try old.token(Believer.claims()))
    source.replace(with: [new])
    for second in 0..<59 {
      await #expect(throws: WebIdentityError.unknownKey) { try await believer.verify(token, after: Double(second)) }
    }
    #expect(source.fetches == 1)
    // Nobody waits for it; whoever comes next has it.
    await #expect(throws: WebIdentityError.unknownKey) { try await believer.verify(token, after: 60) }
    try await eventually { _ = try await believer.verify(token, after: 61) }
    #expect(source.fetches == 2)
    await #expect(throws: WebIdentityError.unknownKey) {
      try await believer.verify(try old.token(Believer.claims()), after: 61)
    }
  }

  @Test func aWithdrawnKeyIsForgotten() async throws {
    let (old, new) = (try await TokenSigner(.es256, id: "old"), try await TokenSigner(.es256, id: "new"))
    let source = ChangingKeySet([old])
    let believer = try Believer(source)
    let token = try old.token(Believer.claims(["exp": Believer.start + 1e6]))
    _ = try await believer.verify(token)
    source.replace(with: [new])
    _ = try await believer.verify(token, after: ProviderKeys.lifetime - 1)
    await #expect(throws: WebIdentityError.unknownKey) {
      try await believer.verify(token, after: ProviderKeys.lifetime)
    }
  }

  @Test func aProviderThatIsDownIsToleratedForADay() async throws {
    let signer = try await TokenSigner(.es256)
    let source = ChangingKeySet([signer])
    let believer = try Believer(source)
    let token = try signer.token(Believer.claims(["exp": Believer.start + 1e6]))
    source.setDown(true)
    await #expect(throws: WebIdentityError.keysUnavailable) { try await believer.verify(token) }
    source.setDown(false)
    await #expect(throws: WebIdentityError.keysUnavailable) { try await believer.verify(token, after: 59) }
    _ = try await believer.verify(token, after: 60)
    source.setDown(true)
    _ = try await believer.verify(token, after: 60 + ProviderKeys.longestLifetime - 1)
    await #expect(throws: WebIdentityError.keysUnavailable) {
      try await believer.verify(token, after: 120 + ProviderKeys.longestLifetime)
    }
  }

  // MARK: A provider that does not answer

  @Test(.timeLimit(.minutes(1))) func onlySoManyWaitForTheFirstKeys() async throws {
    let signer = try await TokenSigner(.es256)
    let source = ChangingKeySet([signer])
    let believer = try Believer(source)
    let token = try signer.token(Believer.claims())
    source.hold()
    let refused = Tally()
    let waiting = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<512 {
        group.addTask {
          do {
            _ = try await believer.verify(token)
            return true
          } catch {
            #expect(error as? WebIdentityError == .keysUnavailable)
            // The others are answered while the provider is silent.
            if refused.increment() == 512 - ProviderKeys.maximumWaiting { source.release() }
            return false
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(waiting == ProviderKeys.maximumWaiting)
    #expect(source.fetches == 1)
    // Those who waited have left: others may.
    for _ in 0..<(2 * ProviderKeys.maximumWaiting) { _ = try await believer.verify(token) }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [60, ProviderKeys.refreshAge, ProviderKeys.lifetime - 1])
  func nobodyWaitsWhileThereAreKeys(seconds: Double) async throws {
    let (known, new) = (try await TokenSigner(.es256, id: "known"), try await TokenSigner(.es256, id: "new"))
    let source = ChangingKeySet([known])
    let believer = try Believer(source)
    let claims = Believer.claims(["exp": Believer.start + 1e6])
    let (good, unknown) = (try known.token(claims), try new.token(claims))
    _ = try await believer.verify(good)
    source.replace(with: [known, new])
    source.hold()
    for _ in 0..<100 {
      await #expect(throws: WebIdentityError.unknownKey) { try await believer.verify(unknown, after: seconds) }
      _ = try await believer.verify(good, after: seconds)
    }
    source.release()
    try await eventually { _ = try await believer.verify(unknown, after: seconds) }
    #expect(source.fetches == 2)
  }

  @Test func keysAreFetchedAgainBeforeTheyAreTooOld() async throws {
    let signer = try await TokenSigner(.es256)
    let source = ChangingKeySet([signer])
    let believer = try Believer(source)
    let token = try signer.token(Believer.claims(["exp": Believer.start + 1e6]))
    for second in [0, ProviderKeys.refreshAge - 1, ProviderKeys.refreshAge] {
      _ = try await believer.verify(token, after: second)
      #expect(source.fetches == 1 || second == ProviderKeys.refreshAge)
    }
    try await eventually {
      _ = try await believer.verify(token, after: ProviderKeys.lifetime - 1)
      try #require(source.fetches == 2)
    }
  }

  /// Calls until nothing is thrown; what happens in the background must have happened by then.
  private func eventually(_ call: () async throws -> Void) async throws {
    for _ in 0..<500 {
      if (try? await call()) != nil { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    try await call()
  }

  @Test func keysWithoutNamesServeAllTokens() async throws {
    let (first, second) = (try await TokenSigner(.es256, id: nil), try await TokenSigner(.es256, id: nil))
    let believer = try Believer(ChangingKeySet([first, second]))
    for signer in [first, second] {
      _ = try await believer.verify(try signer.token(Believer.claims()))
      _ = try await believer.verify(try signer.token(Believer.claims(), header: ["kid": "named"]))
    }
  }

  // MARK: Key sets

  @Test(arguments: [
    #"{"kty":"oct","k":"AAAA","kid":"a"}"#, #"{"kty":"RSA","n":"AQAB"}"#, #"{"kty":"RSA","n":1,"e":"AQAB"}"#,
    #"{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}"#, #"{"kty":"EC","crv":"P-256","x":"AA"}"#,
    #"{"kty":"OKP","crv":"X25519","x":"AA"}"#, #"{"kty":"OKP","crv":"Ed448","x":"AA"}"#, "{}", "1", "null",
    #"{"kty":"RSA","n":"AQAB","e":"AQAB","use":"enc"}"#, #"{"kty":"RSA","n":"AQAB","e":"AQAB","use":1}"#,
    #"{"kty":"RSA","n":"AQAB","e":"AQAB","key_ops":["encrypt"]}"#,
  ])
  func keysForSomethingElseAreLeftOut(key: String) async throws {
    let good = try TokenSigner.json(try await TokenSigner(.es256).jwk)
    let keys = try ProviderKey.keys(in: Array(#"{"x":[{}],"keys":[\#(key),\#(good)]}"#.utf8))
    #expect(keys.map(\.id) == ["key-1"])
  }

  @Test(arguments: ["", "{}", "[]", #"{"keys":{}}"#, #"{"keys":null}"#, #"{"keys":[]}x"#, #"{"keys":["#, "\u{FEFF}{}"])
  func notKeySets(text: String) {
    #expect(throws: (any Error).self) { try ProviderKey.keys(in: Array(text.utf8)) }
  }

  @Test func aKeyThatIsNoPointOrTooSmallVerifiesNothing() async throws {
    let signers = (try await TokenSigner(.es256), try await TokenSigner(.rs256))
    for (signer, changes) in [
      (signers.0, ["x": "AAAA"]), (signers.0, ["y": signers.0.jwk["x"] ?? ""]), (signers.0, ["x": "!"]),
      (signers.1, ["n": "AQAB"]), (signers.1, ["e": ""]), (signers.1, ["e": "AA"]), (signers.1, ["n": "!"]),
    ] {
      let jwk = signer.jwk.merging(changes) { $1 }
      let keys = try ProviderKey.keys(in: Array(try TokenSigner.json(["keys": [jwk]]).utf8))
      let token = try CompactToken(try signer.token(Believer.claims()))
      for key in keys { #expect(await !token.isSigned(with: key)) }
    }
  }

  // MARK: Sources

  @Test(arguments: [
    ("https://keys.example.com/jwks", true), ("https://keys.example.com:8443", true), ("https://[2001:db8::1]/x", true),
    ("http://localhost/x", true), ("http://127.0.0.1:8080/x", true), ("http://[::1]:1/x", true),
    ("http://keys.example.com", false), ("http://127.0.0.1.example.com", false),
    ("http://localhost@example.com", false),
    ("http://localhost:x@example.com/", false), ("http://example.com#localhost", false), ("https://a@b", false),
    ("https://", false), ("https:///x", false), ("http://", false), ("ftp://localhost", false), ("", false),
    ("https://a b", false), ("https://a\nb", false), ("http://localhost\\@example.com", false),
  ])
  func addresses(text: String, isUsable: Bool) {
    #expect((KeySetAddress(text) != nil) == isUsable)
  }

  @Test func files() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (path, signer) = (folder.appending(path: "keys.json").path, try await TokenSigner(.es256))
    let account = try #require(AccountID("111122223333"))
    let provider = DeclaredIdentityProvider(
      account: account, issuer: Believer.issuer, clientIDs: ["client"], keysSource: .file(path: path))
    #expect(throws: WebIdentityVerifier.ConfigurationError.unusableFile(path: path)) {
      try WebIdentityVerifier([provider], logger: Believer.quiet)
    }
    try Data("not a key set".utf8).write(to: URL(filePath: path))
    #expect(throws: WebIdentityVerifier.ConfigurationError.unusableFile(path: path)) {
      try WebIdentityVerifier([provider], logger: Believer.quiet)
    }
    try Data(repeating: 0x20, count: KeySetLimits.maximumByteCount + 1).write(to: URL(filePath: path))
    await #expect(throws: KeySetFailure.tooLarge) { try await FileKeySet(path: path).fetch() }
    try Data(try TokenSigner.json(["keys": [signer.jwk]]).utf8).write(to: URL(filePath: path))
    for mode in [0o664, 0o646, 0o666] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      #expect(throws: WebIdentityVerifier.ConfigurationError.writableByOthers(path: path)) {
        try WebIdentityVerifier([provider], logger: Believer.quiet)
      }
      await #expect(throws: KeySetFailure.writableByOthers) { try await FileKeySet(path: path).fetch() }
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let verifier = try WebIdentityVerifier([provider], logger: Believer.quiet)
    _ = try await verifier.verify(
      try signer.token(Believer.claims()), in: account, partition: "aws",
      now: Date(timeIntervalSince1970: Believer.start))
    let remote = DeclaredIdentityProvider(
      account: account, issuer: Believer.issuer, clientIDs: [], keysSource: .url("http://keys.example.com"))
    #expect(throws: WebIdentityVerifier.ConfigurationError.unusableAddress(issuer: Believer.issuer)) {
      try WebIdentityVerifier([remote], logger: Believer.quiet)
    }
  }
}
