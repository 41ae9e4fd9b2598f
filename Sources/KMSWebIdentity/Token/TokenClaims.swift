// What a token claims (RFC 7519 §4.1, OpenID Connect Core §2).

import AWSJSON
import KMSAccess

/// The claims that decide, and those that conditions may ask about.
struct TokenClaims: Sendable {
  /// How far the clocks of the provider and of this service may be apart, in seconds.
  static let allowedClockSkew = 300.0

  /// `iss`: who issued it.
  let issuer: String
  /// `sub`: whom it is about.
  let subject: String
  /// `aud`: for whom it is.
  let audiences: [String]
  /// `azp`: who asked for it.
  let authorizedParty: String?
  /// `amr`: how its subject was authenticated.
  let methods: [String]
  /// `exp`, in seconds since 1970.
  let expiry: Double
  /// `nbf`, in seconds since 1970.
  let notBefore: Double?
  /// `iat`, in seconds since 1970.
  let issueTime: Double

  private static let maximumCount = 512
  private static let maximumSubjectCount = 255

  /// Reads the claims of a payload.
  init(_ members: [String: JSONValue]) throws(WebIdentityError) {
    guard let issuer = Self.text(members["iss"], maximumCount: Self.maximumCount) else { throw .missingClaim("iss") }
    guard let subject = Self.text(members["sub"], maximumCount: Self.maximumSubjectCount) else {
      throw .missingClaim("sub")
    }
    guard let audiences = Self.texts(members["aud"]) else { throw .missingClaim("aud") }
    guard let expiry = Self.time(members["exp"]) else { throw .missingClaim("exp") }
    guard let issueTime = Self.time(members["iat"]) else { throw .missingClaim("iat") }
    self.issuer = issuer
    self.subject = subject
    self.audiences = audiences
    self.expiry = expiry
    self.issueTime = issueTime
    notBefore = try Self.optional("nbf", members, Self.time)
    authorizedParty = try Self.optional("azp", members) { Self.text($0, maximumCount: Self.maximumCount) }
    methods = try Self.optional("amr", members, Self.texts) ?? []
  }

  /// Checks that the token is in force at `now`, in seconds since 1970.
  func checkTimes(now: Double) throws(WebIdentityError) {
    guard now < expiry + Self.allowedClockSkew else { throw .expired(now: Int64(now), expiry: Int64(expiry)) }
    guard issueTime <= now + Self.allowedClockSkew, notBefore ?? now <= now + Self.allowedClockSkew else {
      throw .notYetValid
    }
  }

  /// The audience for which one of `clientIDs` may take it: whoever asked for it, if that is one, or else an audience.
  func audience(among clientIDs: [String]) throws(WebIdentityError) -> String {
    func isClient(_ id: String) -> Bool { clientIDs.contains { $0.utf8.elementsEqual(id.utf8) } }
    if let authorizedParty, isClient(authorizedParty) { return authorizedParty }
    guard let audience = audiences.first(where: isClient) else { throw .wrongAudience }
    return audience
  }

  // MARK: Values

  private static func optional<Value>(
    _ name: String, _ members: [String: JSONValue], _ read: (JSONValue?) -> Value?
  ) throws(WebIdentityError) -> Value? {
    guard let member = members[name], member != .null else { return nil }
    guard let value = read(member) else { throw .missingClaim(name) }
    return value
  }

  private static func text(_ value: JSONValue?, maximumCount: Int) -> String? {
    guard case .string(let text)? = value, (1...maximumCount).contains(text.utf8.count) else { return nil }
    return text
  }

  /// One text, or a list of some.
  private static func texts(_ value: JSONValue?) -> [String]? {
    if let text = text(value, maximumCount: maximumCount) { return [text] }
    guard case .array(let elements)? = value, (1...20).contains(elements.count) else { return nil }
    let texts = elements.compactMap { text($0, maximumCount: maximumCount) }
    return texts.count == elements.count ? texts : nil
  }

  /// A number of seconds that a time can be; beyond the year 9999 it is none.
  private static func time(_ value: JSONValue?) -> Double? {
    let seconds: Double
    switch value {
    case .integer(let number)?: seconds = Double(number)
    case .number(let number)?: seconds = number
    default: return nil
    }
    return (0..<253_402_300_800).contains(seconds) ? seconds : nil
  }
}
