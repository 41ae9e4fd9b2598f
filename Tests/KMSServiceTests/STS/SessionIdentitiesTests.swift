// Sessions at each use: the clock, the role and the access key are looked at anew.

import AWSSigV4
import Foundation
import KMSCrypto
import KMSDomain
import SecureMemory
import Testing

@testable import KMSAccess
@testable import KMSService

@Suite struct SessionIdentitiesTests {
  private typealias World = STSWorld
  private static let trust = World.trust(#"{"AWS":"arn:aws:iam::111122223333:user/alice"}"#)

  private func role(id: String = "AROAAPP", policy: String? = nil) throws -> Principal {
    try World.principal(.role, "app", id: id, policy: policy, trust: Self.trust)
  }

  private func begin() async throws -> (World, STSWorld.Credentials) {
    let world = try World([World.principal(.user, "alice"), role()])
    return (world, try await world.assume("app", as: try world.user("alice")))
  }

  @Test func theAccessKeyMustBeTheSessions() async throws {
    let (world, credentials) = try await begin()
    for id in ["", "ASIAOTHER", credentials.accessKeyID.lowercased(), credentials.accessKeyID + "\u{301}"] {
      for _ in 0..<2 {
        #expect(throws: SignatureError.unrecognizedClient) {
          try world.sessions.session(credentials.token, accessKeyID: id, now: world.now)
        }
      }
    }
    #expect(throws: SignatureError.unrecognizedClient) {
      try world.sessions.session("token", accessKeyID: credentials.accessKeyID, now: world.now)
    }
  }

  @Test func aSessionExpires() async throws {
    let (world, credentials) = try await begin()
    let identity = try world.caller(credentials).identity
    world.advance(by: 3599)
    #expect(try world.caller(credentials).identity === identity)
    world.advance(by: 1)
    for _ in 0..<2 {
      #expect(throws: SignatureError.expiredToken) {
        try world.sessions.session(credentials.token, accessKeyID: credentials.accessKeyID, now: world.now)
      }
    }
  }

  @Test func aSessionEndsWithItsRole() async throws {
    let (world, credentials) = try await begin()
    _ = try world.caller(credentials)
    for principals in [[], [try role(id: "AROANEW")]] {
      world.directory.replace(with: IdentitySet(principals: principals))
      #expect(throws: SignatureError.unrecognizedClient) { try world.caller(credentials) }
    }
    // The very same role again, as when the store was read anew.
    world.directory.replace(with: IdentitySet(principals: [try role()]))
    _ = try world.caller(credentials)
  }

  @Test func aSessionHasWhatItsRoleHasNow() async throws {
    let (world, credentials) = try await begin()
    let before = try world.caller(credentials).identity
    world.directory.replace(with: IdentitySet(principals: [try role(policy: World.allowAll)]))
    let after = try world.caller(credentials).identity
    #expect(before !== after)
    guard case .policies(let policies) = after.permissions else {
      Issue.record("a session may not do everything")
      return
    }
    #expect(policies.map(\.name) == ["p"])
    #expect(try world.caller(credentials).identity === after)
  }

  @Test func notMoreThanTheCapacityIsKept() async throws {
    let world = try World([World.principal(.user, "alice"), role()])
    let sessions = SessionIdentities(tokens: world.tokens, directory: world.directory, capacity: 8)
    for number in 0..<50 {
      let made = try await world.assume(
        "app", as: try world.user("alice"), ["RoleSessionName": "session-\(number)"])
      let session = try sessions.session(made.token, accessKeyID: made.accessKeyID, now: world.now)
      #expect(session.identity.arn.hasSuffix("/session-\(number)"))
      #expect(sessions.count <= 8)
    }
    #expect(sessions.count >= 4)
  }
}
