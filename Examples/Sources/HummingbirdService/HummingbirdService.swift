// A web service that signs what it is sent, with a key that is in KMS.
//
//   curl --data 'a message' http://127.0.0.1:8080/sign      the signature, base64
//   curl http://127.0.0.1:8080/key                          the public key, PEM

import Foundation
import Hummingbird
import KMSClient
import Logging
import ServiceLifecycle

@main
struct HummingbirdService {
  static func main() async throws {
    let environment = ProcessInfo.processInfo.environment
    let kms = KMSClient(configuration: try await .default())
    let signer = Signer(kms: kms, alias: "alias/hummingbird-service")

    let router = Router()
    router.get("key") { _, _ in try await signer.publicKeyPEM() }
    router.post("sign") { request, _ in
      let message = try await request.body.collect(upTo: 1 << 20)
      let signature = try await signer.sign(Array(message.readableBytesView))
      return Data(signature).base64EncodedString()
    }

    let logger = Logger(label: "hummingbird-service")
    let port = environment["PORT"].flatMap { Int($0) } ?? 8080
    var server = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
    server.beforeServerStarts { try await signer.makeKeyIfNeeded() }

    // A group stops its services in reverse order: the client is there until the last request has been answered.
    let group = ServiceGroup(
      configuration: .init(services: [kms, server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }
}
