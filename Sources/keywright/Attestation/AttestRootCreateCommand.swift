// `keywright attest-root create`: a root certificate and its key.

import ArgumentParser
import Foundation
import KMSService
import NitroAttestation
import SecureMemory

/// Makes a root of attestation.
struct AttestRootCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a root of attestation: its certificate and its private key.",
    discussion: """
      A service that is started with --attestation-root attestation-root.pem believes every document that is signed \
      with attestation-root-key.pem: for development and tests, and for nothing that is worth protecting.
      """)

  @Option(help: "Folder for attestation-root.pem and attestation-root-key.pem; it is made if it is missing.")
  var out: String

  @Option(help: "The root's common name.")
  var commonName = "keywright.development.nitro-enclaves"

  @Option(help: "How long the root is valid, in days, from 1 to 36500.")
  var days = 3650

  func run() async throws {
    do throws(CommandFailure) {
      try create()
    } catch {
      throw error.exit()
    }
  }

  private func create() throws(CommandFailure) {
    guard (1...36_500).contains(days) else { throw CommandFailure(.usage, "days must be a number from 1 to 36500") }
    let folder = URL(filePath: out, directoryHint: .isDirectory)
    let (certificatePath, keyPath) = (
      folder.appending(path: "attestation-root.pem").path(percentEncoded: false),
      folder.appending(path: "attestation-root-key.pem").path(percentEncoded: false)
    )
    for path in [certificatePath, keyPath] where access(path, F_OK) == 0 {
      throw CommandFailure(.cannotCreate, "\(path) is there already")
    }
    let root: (certificate: [UInt8], privateKey: SecretBytes)
    do throws(SoftwareAttester.Failure) {
      root = try SoftwareAttester.createRoot(
        commonName: commonName, validity: .seconds(days * 86_400), at: Date())
    } catch {
      throw CommandFailure(.usage, error.description)
    }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try PrivateFile.write(root.privateKey, to: keyPath, replacing: false)
      try Data(root.certificate).write(to: URL(filePath: certificatePath), options: .withoutOverwriting)
      // Whatever the umask is: the service takes no root that others can write to.
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: certificatePath)
    } catch let failure as PrivateFile.Failure {
      throw CommandFailure(.cannotCreate, failure.description)
    } catch {
      throw CommandFailure(.cannotCreate, "cannot write to \(out)")
    }
    print(certificatePath)
    print(keyPath)
  }
}
