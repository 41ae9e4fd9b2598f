// The pages of an operation's result, fetched one at a time.

public import AWSJSON

/// The pages of a paginated operation, in the service's order.
///
/// A page is fetched when it is asked for and not before: who stops early has sent no needless request. Each iteration
/// starts anew, and iterating throws the operation's own error. Between two pages things may have changed on the
/// service's side; what that does to the rest is the service's business.
///
/// The sequence ends with the page that names no next one. A page that names itself as the next would never end: it is
/// given, and what follows is the operation's `.decoding` error, because the list is not known to be complete. After an
/// error the iteration is over.
public struct PageSequence<Operation: PaginatedOperation>: AsyncSequence, Sendable {
  public typealias Element = Operation.Output
  public typealias Failure = Operation.Failure

  private let input: Operation.Input
  private let runtime: ClientRuntime

  init(_ input: Operation.Input, runtime: ClientRuntime) {
    self.input = input
    self.runtime = runtime
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(input, runtime: runtime) }

  /// Fetches the pages.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private enum Position {
      /// The page that this input asks for comes next.
      case next(Operation.Input)
      /// The last page named itself as the next.
      case repeated
      case ended
    }

    private var position: Position
    private let runtime: ClientRuntime

    fileprivate init(_ input: Operation.Input, runtime: ClientRuntime) {
      position = .next(input)
      self.runtime = runtime
    }

    /// The next page; nil when there is none.
    ///
    /// - Throws: the operation's error; `.cancelled` when the task is cancelled before the page is asked for, too.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(Operation.Failure) -> Operation.Output? {
      let last = position
      position = .ended
      switch last {
      case .ended: return nil
      case .repeated: throw Operation.Failure(.decoding(.repeatedToken))
      case .next(let input):
        if Task.isCancelled { throw Operation.Failure(.cancelled) }
        let page = try await runtime.send(Operation.self, input)
        position = Self.position(after: page, for: input)
        return page
      }
    }

    private static func position(after page: Operation.Output, for input: Operation.Input) -> Position {
      guard let token = Operation.nextToken(after: page), !token.isEmpty else { return .ended }
      if token == Operation.startToken(of: input) { return .repeated }
      var input = input
      Operation.setStartToken(token, of: &input)
      return .next(input)
    }
  }
}

extension DecodingFailure {
  /// A page that leads nowhere. Its status is that of the success it came with.
  fileprivate static let repeatedToken = DecodingFailure(
    .missing(message: "The page has no new token: the next page would start where this one does."), statusCode: 200,
    requestID: nil)
}
