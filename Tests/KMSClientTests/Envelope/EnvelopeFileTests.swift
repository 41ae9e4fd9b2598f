// Files: complete and private, or not there.

import SecureMemory
import Testing

@testable import KMSClient

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder that goes when the test does.
private final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.appending(path: "envelope-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}

@Suite struct EnvelopeFileTests {
  private let folder: TemporaryFolder
  private let service = WrappingService()
  private let encryptor: EnvelopeEncryptor

  init() throws {
    folder = try TemporaryFolder()
    encryptor = makeEncryptor(service, chunkSize: 4_096)
  }

  private func openFailure(_ source: String, to target: String, context: [String: String] = [:]) async -> String? {
    await failureName { () async throws(EnvelopeError) in
      try await encryptor.openFile(at: source, to: target, encryptionContext: context)
    }
  }

  @Test("A file opens to what was sealed, and only its user may read it", arguments: [0, 1, 4_096, 65_536, 200_001])
  func roundTrip(length: Int) async throws {
    let plain = try folder.write(message(length), to: "plain")
    try await encryptor.sealFile(at: plain, to: "\(folder.path)/sealed", encryptionContext: ["tenant": "blue"])
    let sealed = try folder.read("sealed")
    #expect(try await encryptor.open(sealed, encryptionContext: ["tenant": "blue"]).array == message(length))
    let opened = "\(folder.path)/opened"
    let failure = await openFailure("\(folder.path)/sealed", to: opened, context: ["tenant": "blue"])
    #expect(failure == nil)
    #expect(try folder.read("opened") == message(length))
    #expect(try folder.names == ["opened", "plain", "sealed"])
    for name in ["opened", "sealed"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
      #expect(attributes[.posixPermissions].map { "\($0)" } == "\(0o600)")
    }
  }

  @Test("A message that is not all authentic leaves no file, and an older target as it was")
  func inauthentic() async throws {
    let sealed = try await encryptor.seal(message(10_000))
    let cases: [([UInt8], String)] = [
      (Array(sealed.dropLast(1)), "authentication"), (Array(sealed.dropLast(10_000 - 8_192 + 16)), "truncated"),
      (Array(sealed.prefix(30)), "truncated"), ([], "truncated"), (message(100), "malformed notAnEnvelope"),
      (sealed.dropLast(1) + [sealed[sealed.count - 1] ^ 1], "authentication"),
    ]
    _ = try folder.write([42], to: "target")
    for (bytes, expected) in cases {
      let source = try folder.write(bytes, to: "source")
      #expect(await openFailure(source, to: "\(folder.path)/target") == expected)
      #expect(await openFailure(source, to: "\(folder.path)/new") == expected)
      #expect(try folder.read("target") == [42])
      #expect(try folder.names == ["source", "target"])
    }
  }

  @Test("KMS's refusal leaves no file")
  func refused() async throws {
    let plain = try folder.write(message(100), to: "plain")
    service.fail(times: 1)
    let failure = await failureName { () async throws(EnvelopeError) in
      try await encryptor.sealFile(at: plain, to: "\(folder.path)/sealed")
    }
    #expect(failure == "generateDataKey AccessDeniedException")
    #expect(try folder.names == ["plain"])
  }

  @Test("A file can be sealed in its own place")
  func inPlace() async throws {
    let path = try folder.write(message(100_000), to: "file")
    try await encryptor.sealFile(at: path, to: path)
    try await encryptor.openFile(at: path, to: path)
    #expect(try folder.read("file") == message(100_000))
  }

  @Test("A symbolic link at the target is replaced, and what it pointed to is left alone")
  func symbolicLink() async throws {
    let plain = try folder.write(message(100), to: "plain")
    let elsewhere = try folder.write([42], to: "elsewhere")
    let link = "\(folder.path)/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: elsewhere)
    try await encryptor.sealFile(at: plain, to: link)
    #expect(try folder.read("elsewhere") == [42])
    #expect(try await encryptor.open(try folder.read("link")).array == message(100))
    #expect(try folder.names == ["elsewhere", "link", "plain"])
  }

  @Test("The system's errors name no path")
  func systemErrors() async throws {
    let plain = try folder.write(message(100), to: "plain")
    for (source, target) in [
      ("\(folder.path)/missing", "\(folder.path)/t"), (plain, "\(folder.path)/no/t"), (folder.path, "\(folder.path)/t"),
      (plain, folder.path),
    ] {
      do {
        try await encryptor.sealFile(at: source, to: target)
        Issue.record("sealed \(source)")
      } catch {
        #expect(error.name == "io")
        #expect(!error.description.contains("/"))
        #expect(error.description.hasPrefix("cannot "))
      }
    }
    #expect(try folder.names == ["plain"])
  }

  @Test("A cancelled task leaves no file")
  func cancelled() async throws {
    let plain = try folder.write(message(100_000), to: "plain")
    let path = folder.path
    let task = Task { [encryptor] in
      while !Task.isCancelled { await Task.yield() }
      return await failureName { () async throws(EnvelopeError) in
        try await encryptor.sealFile(at: plain, to: "\(path)/sealed")
      }
    }
    task.cancel()
    #expect(await task.value == "cancelled")
    #expect(try folder.names == ["plain"])
  }
}
