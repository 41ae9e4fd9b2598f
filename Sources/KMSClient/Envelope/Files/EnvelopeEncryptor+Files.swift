// Files sealed into files, and opened again.

internal import SecureMemory

extension EnvelopeEncryptor {
  /// Seals the file at `source` into a file at `target`.
  ///
  /// The target appears, or is replaced, only when it is complete and on the disk: until then it is a file beside it
  /// that only this user can read, and that is removed after an error or a cancellation. Memory is used for a chunk,
  /// not for the file. The file system is not waited for on a task's thread.
  /// - Throws: ``EnvelopeError``.
  public func sealFile(
    at source: String, to target: String, encryptionContext: [String: String] = [:]
  ) async throws(EnvelopeError) {
    let files = FileQueue()
    let input = try await files.run { _ throws(EnvelopeError) in try OpenFile(reading: source) }
    let start = try await startSealing(encryptionContext)
    try await files.run { (cancellation) throws(EnvelopeError) in
      let sealer = MessageSealer(header: start.header, keys: start.keys)
      let output = try TemporaryFile(for: target)
      var sealed = start.header.bytes
      func write() throws(EnvelopeError) {
        try output.write(sealed)
        sealed.removeAll(keepingCapacity: true)
      }
      while true {
        try cancellation.check()
        var piece = try input.read()
        defer { SecretBytes.wipe(&piece) }
        guard !piece.isEmpty else { break }
        try sealer.update(piece, appendingTo: &sealed)
        start.usage?.add(bytes: piece.count)
        try write()
      }
      try sealer.finish(appendingTo: &sealed)
      try write()
      try cancellation.check()
      try output.commit()
    }
  }

  /// Opens the sealed file at `source` into a file at `target`.
  ///
  /// The target appears, or is replaced, only when all of the message was there and authentic. Until then the plaintext
  /// is in a file beside it that only this user can read, and that is removed after an error or a cancellation.
  /// - Throws: ``EnvelopeError``.
  public func openFile(
    at source: String, to target: String, encryptionContext: [String: String] = [:]
  ) async throws(EnvelopeError) {
    let files = FileQueue()
    let (input, header, rest) = try await files.run { _ throws(EnvelopeError) in
      let input = try OpenFile(reading: source)
      var bytes: [UInt8] = []
      while true {
        let piece = try input.read()
        bytes += piece
        if let (header, length) = try EnvelopeHeader.read(bytes[...]) {
          return (input, header, Array(bytes.dropFirst(length)))
        }
        guard !piece.isEmpty else { throw .truncated }
      }
    }
    let keys = try await openKeys(of: header, encryptionContext)
    try await files.run { (cancellation) throws(EnvelopeError) in
      var opener = MessageOpener(header: header, keys: keys)
      let output = try TemporaryFile(for: target)
      func write(_ plaintext: SecretBytes) throws(EnvelopeError) {
        try plaintext.withUnsafeBytes { (bytes) throws(EnvelopeError) in try output.write(bytes) }
      }
      var piece = rest
      repeat {
        try cancellation.check()
        opener.update(piece)
        while let plaintext = try opener.next() { try write(plaintext) }
        piece = try input.read()
      } while !piece.isEmpty
      try write(opener.finish())
      try cancellation.check()
      try output.commit()
    }
  }
}
