// `keywright attest [document]`: an attestation document.

import ArgumentParser
import Foundation
import KMSCrypto
import KMSService
import NitroAttestation
import SecureMemory

/// Attests a public key under a root of `keywright attest-root create`.
struct AttestDocumentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "document", abstract: "Make an attestation document (the default).",
    discussion: """
      The document is what an enclave with these registers would send as Recipient.AttestationDocument. It is printed \
      in base64, or written to a file as it is, and is believed for five minutes unless the service was told otherwise.
      """)

  @Option(help: "The root's certificate: attestation-root.pem.")
  var root: String

  @Option(help: "The root's private key: attestation-root-key.pem.")
  var rootKey: String

  @Option(help: "The recipient's RSA public key: a file with a SubjectPublicKeyInfo, PEM or DER.")
  var publicKey: String?

  @Option(help: "Make an RSA key for the recipient, and write its private half to this file (PEM).")
  var generateKey: String?

  @Option(help: "A register N=HEX of 32, 48 or 64 bytes; may be given again. (default: PCR0 to PCR4, all zero)")
  var pcr: [RegisterArgument] = []

  @Option(help: "File of at most 512 bytes to be attested, too.")
  var userData: String?

  @Option(help: "At most 512 bytes in hexadecimal to be attested, too.")
  var nonce: HexArgument?

  @Option(help: "The module that attests.")
  var moduleID = "i-0123456789abcdef0-enc0123456789abcdef"

  @Option(help: "The file to write the document to.")
  var out: String?

  func run() async throws {
    do throws(CommandFailure) {
      try attest()
    } catch {
      throw error.exit()
    }
  }

  private func attest() throws(CommandFailure) {
    let attester = try attester()
    let registers = try pcr.byIndex()
    let userData = try userData.map { path throws(CommandFailure) in try AttestationFile.read(path) }
    let (recipientKey, generated) = try recipientKey()
    let document: [UInt8]
    do throws(SoftwareAttester.Failure) {
      document = try attester.document(
        publicKey: recipientKey, pcrs: registers.isEmpty ? SoftwareAttestationProvider.debugPCRs : registers,
        userData: userData, nonce: nonce?.bytes, moduleID: moduleID, at: Date())
    } catch {
      throw CommandFailure(.usage, error.description)
    }
    if let generated, let generateKey { try write(generated, to: generateKey) }
    guard let out else {
      print(Data(document).base64EncodedString())
      return
    }
    do {
      try Data(document).write(to: URL(filePath: out))
    } catch {
      throw CommandFailure(.cannotCreate, "cannot write to \(out)")
    }
  }

  private func attester() throws(CommandFailure) -> SoftwareAttester {
    let roots = try AttestationSettings.roots(root)
    guard roots.count == 1, let certificate = roots.first else {
      throw CommandFailure(.dataError, "\(root) has \(roots.count) certificates: it must be the one whose key is used")
    }
    let key = try AttestationFile.readSecret(rootKey)
    do throws(SoftwareAttester.Failure) {
      return try SoftwareAttester(root: certificate, privateKey: key)
    } catch {
      throw CommandFailure(.dataError, "\(rootKey) does not serve: \(error)")
    }
  }

  /// The public key to attest, the one in the file or a fresh one's, and the private half of that.
  private func recipientKey() throws(CommandFailure) -> (publicKey: [UInt8], generated: SecretBytes?) {
    switch (publicKey, generateKey) {
    case (let path?, nil):
      let content = try AttestationFile.read(path)
      do throws(AttestationError) {
        return (try RecipientPublicKey(pemOrDER: content).subjectPublicKeyInfo, nil)
      } catch {
        throw CommandFailure(.dataError, "\(path) is not an RSA public key of at least 2048 bits")
      }
    case (nil, _?):
      do {
        let pair = try KeyPairAlgorithm.rsa2048.generate()
        return (pair.publicKey, pair.privateKey)
      } catch {
        throw CommandFailure(.cannotCreate, "the key cannot be made: \(error)")
      }
    default: throw CommandFailure(.usage, "one of --public-key and --generate-key is needed")
    }
  }

  private func write(_ privateKey: SecretBytes, to path: String) throws(CommandFailure) {
    do {
      try PrivateFile.write(RecipientPrivateKey.pem(pkcs8: privateKey), to: path, replacing: false)
    } catch {
      throw CommandFailure(.cannotCreate, error.description)
    }
  }
}
