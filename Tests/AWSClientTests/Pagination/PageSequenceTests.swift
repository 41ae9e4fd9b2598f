// Going through the pages of a result: what is asked for, and how it ends.

import ClientTestSupport
import KMSClient
import Testing

@testable import AWSClient

@Suite("Pages", .timeLimit(.minutes(1)))
struct PageSequenceTests {
  /// A page of keys with these ids, and the marker of the next page.
  private static func page(_ ids: [String], next: String? = nil) -> SequenceTransport.Answer {
    let keys = ids.map { #"{"KeyId":"\#($0)","KeyArn":"arn"}"# }.joined(separator: ",")
    let marker = next.map { #","NextMarker":"\#($0)""# } ?? ""
    return .reply(200, body: #"{"Keys":[\#(keys)],"Truncated":\#(next != nil)\#(marker)}"#)
  }

  private static func client(_ transport: SequenceTransport) -> KMSClient {
    KMSClient(configuration: makeConfiguration("http://127.0.0.1:1"), transport: transport)
  }

  private static func bodies(_ transport: SequenceTransport) -> [String] {
    transport.requests.map { String(decoding: $0.body, as: UTF8.self) }
  }

  /// The ids of the keys, and the error at the end if there was one.
  private static func ids(
    _ items: ItemSequence<ListKeys>
  ) async -> (ids: [String], error: ListKeysError?) {
    var ids: [String] = []
    do throws(ListKeysError) {
      for try await key in items { ids.append(key.keyID) }
      return (ids, nil)
    } catch {
      return (ids, error)
    }
  }

  @Test("Items come from all pages, empty ones and their markers included; each request has the last page's marker")
  func allItems() async {
    let transport = SequenceTransport([
      Self.page(["a", "b"], next: "m1"), Self.page([], next: "m2"), Self.page(["c"]), Self.page(["never"]),
    ])
    let (ids, error) = await Self.ids(Self.client(transport).listKeysPages(limit: 2).items)
    #expect(ids == ["a", "b", "c"])
    #expect(error == nil)
    #expect(
      Self.bodies(transport) == [#"{"Limit":2}"#, #"{"Limit":2,"Marker":"m1"}"#, #"{"Limit":2,"Marker":"m2"}"#])
  }

  @Test("An empty marker means the same as none")
  func emptyMarker() async {
    let transport = SequenceTransport([Self.page(["a"], next: ""), Self.page(["never"])])
    #expect(await Self.ids(Self.client(transport).listKeysPages().items).ids == ["a"])
    #expect(transport.requests.count == 1)
  }

  @Test("Nothing is fetched before it is asked for")
  func laziness() async throws {
    let transport = SequenceTransport([Self.page(["a"], next: "m1"), Self.page(["b"])])
    let pages = Self.client(transport).listKeysPages()
    #expect(transport.requests.isEmpty)
    for try await page in pages {
      #expect(page.keys.map(\.keyID) == ["a"])
      break
    }
    #expect(transport.requests.count == 1)
  }

  @Test("Each iteration starts anew, at the page the input names")
  func startsAnew() async {
    let transport = SequenceTransport([Self.page(["a"]), Self.page(["b"])])
    let items = Self.client(transport).listKeysPages(ListKeysInput(marker: "middle")).items
    #expect(await Self.ids(items).ids == ["a"])
    #expect(await Self.ids(items).ids == ["b"])
    #expect(Self.bodies(transport) == [#"{"Marker":"middle"}"#, #"{"Marker":"middle"}"#])
  }

  @Test("A page that names itself as the next is given, and then the iteration fails")
  func repeatedMarker() async {
    let transport = SequenceTransport([Self.page(["a"], next: "m"), Self.page(["b"], next: "m"), Self.page(["never"])])
    let (ids, error) = await Self.ids(Self.client(transport).listKeysPages().items)
    #expect(ids == ["a", "b"])
    guard case .decoding(let failure) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(failure.description == "The page has no new token: the next page would start where this one does.")
    #expect(transport.requests.count == 2)
  }

  @Test("An error of the service is the operation's own, and ends the iteration")
  func serviceError() async throws {
    let transport = SequenceTransport([Self.page(["a"], next: "m"), .error("InvalidMarkerException"), Self.page(["b"])])
    var pages = Self.client(transport).listKeysPages().makeAsyncIterator()
    let first = try await pages.next()
    #expect(first?.keys.map(\.keyID) == ["a"])
    do throws(ListKeysError) {
      let page = try await pages.next()
      Issue.record("\(String(describing: page))")
    } catch {
      guard case .invalidMarker = error else {
        Issue.record("\(error)")
        return
      }
    }
    let last = try await pages.next()
    #expect(last == nil)
    #expect(transport.requests.count == 2)
  }

  @Test("After the task's cancellation no page is asked for")
  func cancellation() async {
    let transport = SequenceTransport([Self.page(["a", "b"], next: "m"), Self.page(["never"])])
    let items = Self.client(transport).listKeysPages().items
    let task = Task {
      var seen: [String] = []
      do throws(ListKeysError) {
        for try await key in items {
          withUnsafeCurrentTask { $0?.cancel() }
          seen.append(key.keyID)
        }
      } catch {
        seen.append("\(error)")
      }
      return seen
    }
    #expect(await task.value == ["a", "b", "cancelled"])
    #expect(transport.requests.count == 1)
  }
}
