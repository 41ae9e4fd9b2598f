// How the result of an operation comes in pages.

/// What the `smithy.api#paginated` trait says of an operation, with the service's defaults.
public struct ResolvedPagination: Equatable, Sendable {
  /// The input member that says where a page starts.
  public var inputToken: ResolvedMember
  /// The way from the output to where the next page starts.
  public var outputToken: MemberPath
  /// The way from the output to the list or map of what is on the page; nil when the model does not name it.
  public var items: MemberPath?

  /// Members that lead from a structure to a value inside: all but the last hold structures.
  public struct MemberPath: Equatable, Sendable {
    /// The members before the last, from the outside in.
    public var outer: [ResolvedMember]
    public var last: ResolvedMember

    /// All members, from the outside in.
    public var members: [ResolvedMember] { outer + [last] }
    /// Whether there is always a value at the end.
    public var isRequired: Bool { members.allSatisfy(\.isRequired) }
  }
}
