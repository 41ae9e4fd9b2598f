// A certificate for localhost, made by the openssl command for the length of one test.

import Foundation
import KMSServer

/// A self-signed P-256 certificate and its key, as files that go when this goes.
final class SelfSignedCertificate: Sendable {
  struct OpenSSLFailed: Error { let status: Int32 }

  let files: TLSFiles
  private let folder: URL

  init() async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "keywright-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    files = TLSFiles(
      certificatePath: folder.appending(path: "certificate.pem").path, keyPath: folder.appending(path: "key.pem").path)
    let openssl = Process()
    openssl.executableURL = URL(filePath: "/usr/bin/env")
    openssl.arguments = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
      "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", files.keyPath,
      "-out", files.certificatePath,
    ]
    openssl.standardError = FileHandle.nullDevice
    let status = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Int32, any Error>) in
      openssl.terminationHandler = { done.resume(returning: $0.terminationStatus) }
      do { try openssl.run() } catch { done.resume(throwing: error) }
    }
    guard status == 0 else { throw OpenSSLFailed(status: status) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
