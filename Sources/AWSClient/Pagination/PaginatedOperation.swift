// What the pages of an operation's result hang together by.

public import AWSJSON
public import SecureMemory

/// An operation whose result comes in pages, as the model's `smithy.api#paginated` trait describes it.
///
/// Generated code makes operations conform. Specification:
/// <https://smithy.io/2.0/spec/behavior-traits.html#smithy-api-paginated-trait>.
public protocol PaginatedOperation: AWSJSONOperation {
  /// What says where a page starts: a string, or a map in a few services. It means something to the service only.
  associatedtype Token: PaginationToken

  /// Where the page that `input` asks for starts; nil for the first.
  static func startToken(of input: Input) -> Token?

  /// Makes `input` ask for the page that starts at `token`.
  static func setStartToken(_ token: Token, of input: inout Input)

  /// Where the page after `page` starts; nil when it is the last. An empty token means the same.
  static func nextToken(after page: Output) -> Token?
}

/// A value that can say where a page starts.
public protocol PaginationToken: Equatable {
  /// Whether it says nothing.
  var isEmpty: Bool { get }
}

extension String: PaginationToken {}
extension Dictionary: PaginationToken where Value: Equatable {}

extension SecretBytes: PaginationToken {
  /// Whether there are no bytes.
  public var isEmpty: Bool { count == 0 }
}

/// A paginated operation whose model says which member of a page holds what is listed.
public protocol PaginatedItemsOperation: PaginatedOperation {
  /// One of the things that are listed.
  associatedtype Item

  /// What is on `page`; a page may be empty without being the last.
  static func items(of page: Output) -> [Item]
}
