// RSA keys in DER: RFC 8017 §A.1 inside RFC 5958 and RFC 5280.

import CryptoExtras
import FoundationEssentials
import SecureMemory

extension KeyPair {
  /// Encodes both halves of a key that swift-crypto made: it writes them itself.
  init(_ key: _RSA.Signing.PrivateKey) {
    // The only reference to this Data's storage is ours, so wiping it changes the bytes in place.
    var der = key.pkcs8DERRepresentation
    let privateKey = der.withUnsafeBytes { SecretBytes(copying: $0) }
    der.withUnsafeMutableBytes { SecretBytes.wipe($0) }
    self.init(privateKey: privateKey, publicKey: Array(key.publicKey.derRepresentation))
  }

  /// Encodes both halves of a key that was imported, in the same form.
  init(_ numbers: RSANumbers) {
    let algorithm = DERTag.sequence.encode(
      DERTag.objectIdentifier.encode(RSANumbers.rsaEncryption) + DERTag.null.encode([]))
    let version = DERTag.integer.encode([0])

    let publicNumbers = [numbers.modulus, numbers.publicExponent].flatMap { number in
      number.derIntegerHeader + number.withUnsafeBytes { Array($0) }
    }
    let publicKey = DERTag.bitString.encode([0] + DERTag.sequence.encode(publicNumbers))

    // The secret numbers are written straight to where they stay; everything before them is made first.
    let headers = numbers.all.map(\.derIntegerHeader)
    let numbersByteCount = zip(headers, numbers.all).reduce(0) { $0 + $1.0.count + $1.1.count }
    let rsaPrivateKey = DERTag.sequence.header(version.count + numbersByteCount) + version
    let body =
      version + algorithm + DERTag.octetString.header(rsaPrivateKey.count + numbersByteCount) + rsaPrivateKey
    let prefix = DERTag.sequence.header(body.count + numbersByteCount) + body

    let privateKey = SecretBytes(count: prefix.count + numbersByteCount) { output in
      output.copyBytes(from: prefix)
      var rest = output[prefix.count...]
      for (header, number) in zip(headers, numbers.all) {
        UnsafeMutableRawBufferPointer(rebasing: rest).copyBytes(from: header)
        rest = rest.dropFirst(header.count)
        number.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: rest).copyMemory(from: $0) }
        rest = rest.dropFirst(number.count)
      }
    }
    self.init(privateKey: privateKey, publicKey: DERTag.sequence.encode(algorithm + publicKey))
  }
}

extension SecretBytes {
  /// What comes before a positive number, given without leading zeros, to make an INTEGER of it.
  fileprivate var derIntegerHeader: [UInt8] {
    let needsSignByte = bitCount.isMultiple(of: 8)
    return DERTag.integer.header(count + (needsSignByte ? 1 : 0)) + (needsSignByte ? [0] : [])
  }
}
