// A client among the services of a process: it ends with its group, after those that use it.

import ClientTestSupport
import KMSClient
import Logging
import ServiceLifecycle
import Testing

@testable import AWSClient

@Suite("Lifecycle", .timeLimit(.minutes(1)))
struct LifecycleTests {
  @Test("the group's graceful end closes the client's connections")
  func gracefulShutdown() async throws {
    let kms = KMSClient(configuration: makeConfiguration("http://127.0.0.1:1"))
    let group = ServiceGroup(
      configuration: .init(
        services: [.init(service: kms)], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    async let end: Void = group.run()
    await group.triggerGracefulShutdown()
    try await end
    let result = await outcome { () throws(ListKeysError) in try await kms.listKeys() }
    guard case .failure(.transport(let error)) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(error.description == "the client has been shut down")
  }

  @Test("cancelling the group's task does, too")
  func cancellation() async throws {
    let kms = KMSClient(configuration: makeConfiguration("http://127.0.0.1:1"))
    let task = Task { try await kms.run() }
    task.cancel()
    try await task.value
    let result = await outcome { () throws(ListKeysError) in try await kms.listKeys() }
    guard case .failure(.transport(let error)) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(error.description == "the client has been shut down")
  }
}
