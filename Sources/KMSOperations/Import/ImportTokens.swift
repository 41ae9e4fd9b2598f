// Import tokens: they carry the private key that unwraps an import, sealed, so that the service need not keep it.

import KMSCrypto
import KMSDomain
import SecureMemory
import struct FoundationEssentials.Date

/// Makes and reads the tokens of GetParametersForImport.
///
/// A token opens only for the key it was made for. It holds its end, the wrapping algorithm and the wrapping private
/// key: any number of them can be outstanding, none is stored, and each stays valid across restarts.
struct ImportTokens: Sendable {
  /// What a token stands for.
  struct Content: Sendable {
    /// When the token ends.
    let validTo: Date
    /// How the material is to be wrapped.
    let algorithm: ImportWrappingAlgorithm
    /// What kind of key wraps.
    let wrappingKeySpec: KeySpec
    /// The private key that unwraps: PKCS #8.
    let privateKey: SecretBytes
  }

  private let key: KeyWrap

  /// Tokens sealed under `key`.
  init(key: KeyWrap) {
    self.key = key
  }

  /// A token for importing material into the key `arn`.
  func seal(_ content: Content, for arn: String) throws(Fault) -> [UInt8] {
    // A line of text, then the private key.
    let seconds = Int64(content.validTo.timeIntervalSince1970)
    let head = Array("\(seconds) \(content.algorithm.rawValue) \(content.wrappingKeySpec.rawValue)\n".utf8)
    let token = SecretBytes(count: head.count + content.privateKey.count) { buffer in
      buffer.copyBytes(from: head)
      content.privateKey.withUnsafeBytes { key in
        UnsafeMutableRawBufferPointer(rebasing: buffer[head.count...]).copyMemory(from: key)
      }
    }
    do {
      return try key.wrap(token, associatedData: Self.binding(arn))
    } catch {
      throw .internalFailure(error)
    }
  }

  /// What a token for the key `arn` stands for.
  ///
  /// - Throws: ``Fault/invalidImportToken`` for anything that was not issued for this key.
  func open(_ token: [UInt8], for arn: String) throws(Fault) -> Content {
    guard let opened = try? key.unwrap(token, associatedData: Self.binding(arn)), let content = Self.content(opened)
    else { throw .invalidImportToken }
    return content
  }

  private static func content(_ token: SecretBytes) -> Content? {
    token.withUnsafeBytes { bytes -> Content? in
      guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
      let head = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
      guard head.count == 3, let seconds = Int64(head[0]),
        let algorithm = ImportWrappingAlgorithm(rawValue: String(head[1])),
        let wrappingKeySpec = KeySpec(rawValue: String(head[2]))
      else { return nil }
      return Content(
        validTo: Date(timeIntervalSince1970: Double(seconds)), algorithm: algorithm, wrappingKeySpec: wrappingKeySpec,
        privateKey: SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[(end + 1)...])))
    }
  }

  private static func binding(_ arn: String) -> [UInt8] { Array("import-token\n\(arn)".utf8) }
}
