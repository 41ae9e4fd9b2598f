// `keywright attest open`: what the recipient does with an answer.

import ArgumentParser
import Foundation
import KMSService
import NitroAttestation
import SecureMemory

/// Opens the envelope of an answer to an attested request.
struct AttestOpenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open a CiphertextForRecipient.",
    discussion: """
      Prints the plaintext as it is, without a line end, or writes it to a file that only its owner can read.
      """)

  @Option(help: "The recipient's RSA private key: PEM or DER, PKCS #8 or PKCS #1.")
  var privateKey: String

  @Option(help: "A file with the CiphertextForRecipient, as it is or in base64; - for standard input.")
  var ciphertextForRecipient: String

  @Option(help: "The file to write the plaintext to.")
  var out: String?

  func run() async throws {
    do throws(CommandFailure) {
      try open()
    } catch {
      throw error.exit()
    }
  }

  private func open() throws(CommandFailure) {
    let (keyFile, envelope) = (try AttestationFile.readSecret(privateKey), try envelope())
    let key: RecipientPrivateKey
    do throws(RecipientPrivateKey.MalformedKey) {
      key = try RecipientPrivateKey(pemOrDER: keyFile)
    } catch {
      throw CommandFailure(.dataError, "\(privateKey) is not an RSA private key of at least 2048 bits")
    }
    let plaintext: SecretBytes
    do throws(RecipientEnvelopeError) {
      plaintext = try RecipientEnvelope.open(envelope, with: key)
    } catch {
      throw CommandFailure(.dataError, error.description)
    }
    guard let out else { return CommandOutput.write(plaintext) }
    do {
      try PrivateFile.write(plaintext, to: out, replacing: true)
    } catch {
      throw CommandFailure(.cannotCreate, error.description)
    }
  }

  /// The envelope's bytes. CMS begins with the tag of a SEQUENCE, which no base64 of CMS begins with.
  private func envelope() throws(CommandFailure) -> [UInt8] {
    let content = try AttestationFile.read(ciphertextForRecipient)
    if content.first == 0x30 { return content }
    guard let decoded = Data(base64Encoded: Data(content), options: .ignoreUnknownCharacters) else {
      throw CommandFailure(.dataError, "\(ciphertextForRecipient) is neither CMS nor base64")
    }
    return [UInt8](decoded)
  }
}
