// What a session is asked to be.

public import KMSDomain

/// The parameters of AssumeRole and its like that trust policies may ask about.
public struct SessionRequest: Sendable {
  /// The session's name.
  public let sessionName: String
  /// What a third party was told to say.
  public let externalID: String?
  /// Who is behind the session, if it is to be said now.
  public let sourceIdentity: String?
  /// The tags that are passed.
  public let tags: [Tag]
  /// The keys of those tags that are to go on to later sessions.
  public let transitiveTagKeys: [String]

  /// Puts the parameters together.
  public init(
    sessionName: String, externalID: String? = nil, sourceIdentity: String? = nil, tags: [Tag] = [],
    transitiveTagKeys: [String] = []
  ) {
    self.sessionName = sessionName
    self.externalID = externalID
    self.sourceIdentity = sourceIdentity
    self.tags = tags
    self.transitiveTagKeys = transitiveTagKeys
  }
}
