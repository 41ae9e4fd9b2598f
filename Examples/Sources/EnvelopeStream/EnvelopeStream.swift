// Encrypts a stream of any length under a KMS key, and decrypts it again. KMS sees one data key, not the stream.
//
//   EnvelopeStream seal --key-id alias/app < backup.tar > backup.sealed
//   EnvelopeStream open --key-id alias/app < backup.sealed > backup.tar

import ArgumentParser
import Foundation
import KMSClient

@main
struct EnvelopeStream: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Seal standard input to standard output under a KMS key, or open it.",
    subcommands: [Seal.self, Open.self])

  struct Seal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Encrypt standard input.")
    @OptionGroup var options: Options

    func run() async throws {
      try await options.withEncryptor { encryptor, context in
        for try await piece in encryptor.seal(StandardInput(), encryptionContext: context) {
          try FileHandle.standardOutput.write(contentsOf: piece)
        }
      }
    }
  }

  struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Decrypt standard input.",
      discussion: "What comes out is verified piece by piece. Only a success says that it is all of it.")
    @OptionGroup var options: Options

    func run() async throws {
      try await options.withEncryptor { encryptor, context in
        for try await piece in encryptor.open(StandardInput(), encryptionContext: context) {
          try piece.withUnsafeBytes { try FileHandle.standardOutput.write(contentsOf: Data($0)) }
        }
      }
    }
  }

  struct Options: ParsableArguments {
    @Option(help: "The symmetric KMS key: key id, ARN or alias.")
    var keyID: String

    @Option(help: "NAME=VALUE of the encryption context; may be repeated. The same must be given to open the stream.")
    var context: [String] = []

    /// Lends an encryptor over a client of the environment's service.
    func withEncryptor(_ body: (EnvelopeEncryptor, [String: String]) async throws -> Void) async throws {
      let kms = KMSClient(configuration: try await .default())
      do {
        try await body(EnvelopeEncryptor(kms: kms, keyID: keyID), try encryptionContext())
      } catch {
        try? await kms.shutdown()
        throw error
      }
      try await kms.shutdown()
    }

    private func encryptionContext() throws -> [String: String] {
      var pairs: [String: String] = [:]
      for pair in context {
        guard let separator = pair.firstIndex(of: "=") else { throw ValidationError("'\(pair)' is not NAME=VALUE") }
        pairs[String(pair[..<separator])] = String(pair[separator...].dropFirst())
      }
      return pairs
    }
  }
}
