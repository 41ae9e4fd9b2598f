// PEM without strings, so that a private key can be read and written too.

internal import SecureMemory

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The textual encoding of RFC 7468: Base64 between `-----BEGIN label-----` and `-----END label-----`.
enum PEMBlocks {
  /// No file of certificates or keys that is read here is longer.
  static let maximumSize = 65_536

  /// The contents of all blocks, which must all be labelled `label`; nil when something is not as RFC 7468 has it.
  ///
  /// Text outside blocks is explanation and passed over. The caller wipes the contents if they are secret.
  static func read(_ bytes: some Collection<UInt8>, label: String) -> [[UInt8]]? {
    guard bytes.count <= maximumSize else { return nil }
    let (begin, end) = (Array("-----BEGIN \(label)-----".utf8), Array("-----END \(label)-----".utf8))
    var contents: [[UInt8]] = []
    var base64 = Data()
    var isInside = false
    defer { wipe(&base64) }
    for rawLine in bytes.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      let line = trimmed(Array(rawLine))
      if line.starts(with: "-----".utf8) {
        guard line == (isInside ? end : begin) else { return nil }
        if isInside {
          guard let content = Data(base64Encoded: base64), !content.isEmpty else { return nil }
          contents.append([UInt8](content))
          wipe(&base64)
        }
        isInside.toggle()
      } else if isInside {
        base64.append(contentsOf: line)
      }
    }
    return isInside ? nil : contents
  }

  /// One block, in lines of 64 characters.
  static func write(_ content: [UInt8], label: String) -> [UInt8] {
    var base64 = Data(content).base64EncodedData()
    defer { wipe(&base64) }
    var text = Array("-----BEGIN \(label)-----\n".utf8)
    // Room for all of it, so that growing leaves no copy behind.
    text.reserveCapacity(base64.count + base64.count / 64 + 2 * text.count + 2)
    for (index, character) in base64.enumerated() {
      if index > 0, index % 64 == 0 { text.append(UInt8(ascii: "\n")) }
      text.append(character)
    }
    text += "\n-----END \(label)-----\n".utf8
    return text
  }

  private static func trimmed(_ line: [UInt8]) -> [UInt8] {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let start = line.firstIndex { !isBlank($0) } ?? line.endIndex
    let end = line.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return Array(line[start..<end])
  }

  private static func wipe(_ data: inout Data) {
    data.withUnsafeMutableBytes { SecretBytes.wipe($0) }
    data.removeAll(keepingCapacity: false)
  }
}
