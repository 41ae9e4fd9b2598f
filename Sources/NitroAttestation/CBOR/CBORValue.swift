// One data item of CBOR, as far as attestation needs it.

/// A CBOR data item (RFC 8949): integers, byte and text strings, arrays, maps, tags, Booleans and null.
///
/// No floating-point numbers, no `undefined` and no other simple values: neither COSE_Sign1, nor an attestation
/// document, nor the Nitro Secure Module's protocol has any.
indirect enum CBORValue: Hashable, Sendable {
  /// Major type 0: the number itself.
  case unsigned(UInt64)
  /// Major type 1: the number is −1 − the associated value, so that all of the type's range fits.
  case negative(UInt64)
  /// Major type 2.
  case bytes([UInt8])
  /// Major type 3: UTF-8.
  case text(String)
  /// Major type 4.
  case array([CBORValue])
  /// Major type 5.
  case map(CBORMap)
  /// Major type 6: the tag's number and the item it stands before.
  case tagged(UInt64, CBORValue)
  /// Major type 7, `false` and `true`.
  case boolean(Bool)
  /// Major type 7, `null`.
  case null
}

/// The key of an entry of a ``CBORMap``. Other types of key are refused: no format read here has them.
enum CBORKey: Hashable, Sendable {
  /// A number from 0.
  case unsigned(UInt64)
  /// The number −1 − the associated value.
  case negative(UInt64)
  /// A text.
  case text(String)

  /// The key as a data item.
  var value: CBORValue {
    switch self {
    case .unsigned(let number): .unsigned(number)
    case .negative(let number): .negative(number)
    case .text(let text): .text(text)
    }
  }

  /// The key that `value` is, or nil when an item of this type cannot be one.
  init?(_ value: CBORValue) {
    switch value {
    case .unsigned(let number): self = .unsigned(number)
    case .negative(let number): self = .negative(number)
    case .text(let text): self = .text(text)
    default: return nil
    }
  }
}
