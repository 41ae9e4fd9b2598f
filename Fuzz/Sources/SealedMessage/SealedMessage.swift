// Messages of the client's envelope encryption: what whoever can write to a file or a queue hands those who open it.

import Crypto
import SecureMemory

/// The data key and the context of the seeds in `Corpora/SealedMessage`: the worked example of docs/envelope-format.md.
private let dataKey = SymmetricKey(data: Array(UInt8(0)..<32))
private let context = EncryptionContextDigest(["tenant": "blue", "purpose": "test vector"])

func examine(_ input: [UInt8]) {
  guard case let (header, length)?? = try? EnvelopeHeader.read(input[...]) else { return }
  require(header.bytes == Array(input.prefix(length)), "a header has one encoding")
  for count in [0, length / 2, length - 1] {
    let part = mustSucceed("no part of a header is malformed") { () throws(EnvelopeError) in
      try EnvelopeHeader.read(input.prefix(count))
    }
    require(part == nil, "a header is not seen before its end")
  }
  guard let keys = try? MessageKeys.verified(dataKey: dataKey, header: header, context: context) else { return }
  let message = input.dropFirst(length)
  guard let chunks = try? open(message, header, keys, pieceLength: message.count) else {
    require((try? open(message, header, keys, pieceLength: 7)) == nil, "the pieces do not matter")
    return
  }
  require((try? open(message, header, keys, pieceLength: 7)) == chunks, "the pieces do not matter")
  let sealed = mustSucceed("what was opened seals") { () throws(EnvelopeError) in try seal(chunks, header, keys) }
  require(sealed == input, "a message has one encoding")
}

private func open(
  _ message: ArraySlice<UInt8>, _ header: EnvelopeHeader, _ keys: MessageKeys, pieceLength: Int
) throws(EnvelopeError) -> [SecretBytes] {
  var opener = MessageOpener(header: header, keys: keys)
  var chunks: [SecretBytes] = []
  for start in stride(from: message.startIndex, to: message.endIndex, by: max(pieceLength, 1)) {
    opener.update(message[start...].prefix(pieceLength))
    while let chunk = try opener.next() { chunks.append(chunk) }
  }
  chunks.append(try opener.finish())
  return chunks
}

private func seal(
  _ chunks: [SecretBytes], _ header: EnvelopeHeader, _ keys: MessageKeys
) throws(EnvelopeError) -> [UInt8] {
  let sealer = MessageSealer(header: header, keys: keys)
  var sealed = header.bytes
  for chunk in chunks { try sealer.update(chunk.withUnsafeBytes { Array($0) }, appendingTo: &sealed) }
  try sealer.finish(appendingTo: &sealed)
  return sealed
}
