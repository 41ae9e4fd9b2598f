// What the pages of an operation's result list, one by one.

/// The items of a paginated operation, in the service's order.
///
/// A page is fetched when the items of the one before have all been taken. Ends and fails as ``PageSequence`` does.
public struct ItemSequence<Operation: PaginatedItemsOperation>: AsyncSequence, Sendable {
  public typealias Element = Operation.Item
  public typealias Failure = Operation.Failure

  private let pages: PageSequence<Operation>

  fileprivate init(_ pages: PageSequence<Operation>) {
    self.pages = pages
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pages.makeAsyncIterator()) }

  /// Goes through the items of one page after the other.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private var pages: PageSequence<Operation>.AsyncIterator
    private var items = [Operation.Item]().makeIterator()

    fileprivate init(_ pages: PageSequence<Operation>.AsyncIterator) {
      self.pages = pages
    }

    /// The next item; nil when there is none.
    ///
    /// - Throws: the operation's error, when a page has to be fetched and cannot be.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(Operation.Failure) -> Operation.Item? {
      while true {
        if let item = items.next() { return item }
        guard let page = try await pages.next(isolation: actor) else { return nil }
        items = Operation.items(of: page).makeIterator()
      }
    }
  }
}

extension PageSequence where Operation: PaginatedItemsOperation {
  /// The items on the pages, one by one: keys, say, where a page is a list of keys.
  public var items: ItemSequence<Operation> { ItemSequence(self) }
}
