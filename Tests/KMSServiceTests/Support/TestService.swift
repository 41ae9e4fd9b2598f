// A whole service in this process, with a clock that tests move.

import AWSJSON
import AWSSigV4
import Foundation
import KMSAccess
import KMSCrypto
import KMSDomain
import KMSModel
import KMSOperations
import KMSService
import KMSStoreSQLite
import Logging
import NitroAttestation
import SecureMemory
import Synchronization
import Testing

/// A service on a temporary store, called as clients call it: bytes in, bytes out.
final class TestService: Sendable {
  let store: SQLiteStore
  let context: OperationContext
  let backgroundWork: BackgroundWork
  private let service: Service
  private let clock: Clock
  /// The state that a test of the key-state table is looking at.
  let stateUnderTest = Mutex(KMSDomain.KeyState.enabled)

  private final class Clock: Sendable {
    let date = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
  }

  init(
    slowCryptography: (any SlowCryptography)? = nil,
    externalKeyStores: any ExternalKeyStoreConnector = NoExternalKeyStores(),
    attestationRoots: [AttestationRoot] = [], quotas: ResourceQuotas = ResourceQuotas(),
    requestQuotas: RequestQuotas = .none, keyCapacity: Int = 100
  ) async throws {
    store = try SQLiteStore.temporary()
    let keys = try await StoreKeys.open(store, rootKey: RandomBytes.bytes(count: 32))
    let clock = Clock()
    self.clock = clock
    let usage = UsageLog()
    let directory = KeyDirectory(store: store, vault: keys.vault, usage: usage, capacity: keyCapacity)
    context = OperationContext(
      authorizer: Authorizer(facts: directory), keys: directory,
      slowCryptography: slowCryptography ?? CryptographyThreads(threads: 1), externalKeyStores: externalKeyStores,
      seals: keys.seals, usage: usage, attestationVerifier: AttestationVerifier(roots: attestationRoots),
      quotas: quotas,
      requestLimiter: RequestLimiter(requestQuotas), now: { clock.date.withLock { $0 } })
    let account = try #require(AccountID("111122223333"))
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let sts = STSEndpoint(
      directory: IdentityDirectory(.empty), tokens: SessionTokens(key: keys.seals.sessionTokens),
      region: try #require(Region("us-east-1")), admitsRoots: true, now: context.now)
    service = Service(
      authenticator: Authenticator(.trusting(account: account)), context: context, sts: sts, logger: logger)
    backgroundWork = BackgroundWork(context: context, logger: logger)
  }

  /// The service's time.
  var now: Date { clock.date.withLock { $0 } }

  /// Lets time pass.
  func advance(by seconds: Double) {
    clock.date.withLock { $0 += seconds }
  }

  /// What a refused call got.
  struct Refusal: Error, Equatable, CustomStringConvertible {
    let status: Int
    let code: String
    let message: String?
    var description: String { "\(status) \(code): \(message ?? "-")" }
  }

  /// Calls an operation as `account` in `region`.
  func call<Operation: AWSJSONOperation>(
    _ operation: Operation.Type, _ input: Operation.Input, account: String = "111122223333",
    region: String = "us-east-1"
  ) async throws -> Operation.Output {
    let response = await respond(target: Operation.target, body: input.encoded(), account: account, region: region)
    guard response.status == 200 else { throw try Self.refusal(response) }
    return try Operation.Output.decodeOutput(response.body)
  }

  /// Sends raw bytes to an operation.
  func respond(
    target: String, body: [UInt8], account: String = "111122223333", region: String = "us-east-1"
  ) async -> ServiceResponse {
    await service.respond(
      to: ServiceRequest(
        method: "POST", target: "/",
        headers: [
          HeaderField(name: "X-Amz-Target", value: target),
          HeaderField(
            name: "Authorization",
            value:
              "AWS4-HMAC-SHA256 Credential=\(account)/20270115/\(region)/kms/aws4_request, SignedHeaders=host, Signature=00"
          ),
        ],
        body: body))
  }

  /// Sends a request as it is.
  func respond(to request: ServiceRequest) async -> ServiceResponse { await service.respond(to: request) }

  /// What an answer that is no success says.
  static func refusal(_ response: ServiceResponse) throws -> Refusal {
    let reply = ServiceErrorReply(statusCode: response.status, body: response.body) { _ in nil }
    return Refusal(status: response.status, code: reply.code, message: reply.message)
  }

  /// A fresh symmetric key.
  func makeKey(_ input: CreateKeyInput = CreateKeyInput()) async throws -> KeyMetadata {
    try await call(CreateKey.self, input).keyMetadata
  }
}
