// What monitoring fetches: GET /metrics.

import AWSSigV4
import KMSService

/// The page of metrics that the server offers beside its health checks.
///
/// It is on the same port as the service and answered without a signature, like the health checks: whoever can reach
/// the port can read it, so it must hold nothing that only some may know. It does not count as a request in flight, so
/// that an overloaded server can still be looked into.
public struct MetricsRoute: Sendable {
  /// The media type of the page.
  public let contentType: String
  private let pages: MetricsPages

  /// Makes the route.
  ///
  /// - Parameters:
  ///   - contentType: the media type of the page, version and character set included.
  ///   - pagesPerSecond: how often a second the page is written, however many ask for it; at least once. Whoever asks
  ///     when that is used up gets the last page again, which is less than a second old.
  ///   - page: writes the page; nil answers 503. It runs on a thread that serves requests, so it should be quick.
  public init(
    contentType: String, pagesPerSecond: Int = 50, page: @escaping @Sendable (HTTPServer.Load) -> [UInt8]?
  ) {
    self.contentType = contentType
    pages = MetricsPages(perSecond: pagesPerSecond, write: page)
  }

  /// Whether a request is for the page.
  static func isAsked(method: String, target: String) -> Bool {
    target == "/metrics" && (method == "GET" || method == "HEAD")
  }

  func response(_ load: HTTPServer.Load) -> ServiceResponse {
    let page = pages.page(load)
    var headers = [HeaderField(name: "Cache-Control", value: "no-store")]
    if page != nil { headers.append(HeaderField(name: "Content-Type", value: contentType)) }
    return ServiceResponse(status: page == nil ? 503 : 200, headers: headers, body: page ?? [])
  }
}
