// An attestation document as the CBOR map inside a COSE_Sign1.

extension AttestationDocument {
  /// Reads the payload of a signed document.
  ///
  /// The format is closed, so a field it does not have is refused rather than passed over: a rule that a later format
  /// adds must not be missed. A null in place of one of the three optional fields counts as its absence, because
  /// attesters write that although the format has no null.
  init(decoding payload: [UInt8]) throws(AttestationError) {
    guard Limits.payloadSizes.contains(payload.count) else { throw .malformed }
    let value: CBORValue
    do throws(CBORError) {
      // The map, and in it the map of registers or the array of certificates.
      value = try CBORReader.read(payload, limits: .init(depth: 2, items: 128))
    } catch {
      throw .malformed
    }
    guard case .map(let map) = value else { throw .malformed }
    let fields = try Fields(map)
    let isNitroTPM = fields.has(.nitroTPMPCRs)
    try self.init(
      moduleID: try fields.text(.moduleID),
      timestamp: try fields.number(.timestamp),
      digest: try fields.text(.digest),
      pcrs: isNitroTPM && !fields.has(.pcrs) ? [:] : try fields.registers(.pcrs),
      nitroTPMPCRs: isNitroTPM ? try fields.registers(.nitroTPMPCRs) : [:],
      certificate: try fields.bytes(.certificate),
      caBundle: try fields.listOfBytes(.caBundle),
      publicKey: try fields.optionalBytes(.publicKey),
      userData: try fields.optionalBytes(.userData),
      nonce: try fields.optionalBytes(.nonce))
  }

  /// The payload, its fields in the Nitro device's order. Absent fields are left out.
  var encoded: [UInt8] {
    var map = CBORMap([
      (Field.moduleID.rawValue, .text(moduleID)),
      (Field.digest.rawValue, .text(digest)),
      (Field.timestamp.rawValue, .unsigned(timestamp)),
    ])
    for (field, registers) in [(Field.pcrs, pcrs), (.nitroTPMPCRs, nitroTPMPCRs)] where !registers.isEmpty {
      var entries = CBORMap()
      for (index, value) in registers.sorted(by: { $0.key < $1.key }) {
        entries[.unsigned(UInt64(index))] = .bytes(value)
      }
      map[.text(field.rawValue)] = .map(entries)
    }
    map[.text(Field.certificate.rawValue)] = .bytes(certificate)
    map[.text(Field.caBundle.rawValue)] = .array(caBundle.map { .bytes($0) })
    map[.text(Field.publicKey.rawValue)] = publicKey.map { .bytes($0) }
    map[.text(Field.userData.rawValue)] = userData.map { .bytes($0) }
    map[.text(Field.nonce.rawValue)] = nonce.map { .bytes($0) }
    return CBORWriter.write(.map(map))
  }
}

extension AttestationDocument {
  /// The fields by name, each asked for by the type it must have.
  private struct Fields {
    private var values: [Field: CBORValue] = [:]

    init(_ map: CBORMap) throws(AttestationError) {
      for entry in map.entries {
        guard case .text(let name) = entry.key, let field = Field(rawValue: name) else { throw .unknownField }
        values[field] = entry.value
      }
    }

    func has(_ field: Field) -> Bool { values[field] != nil }

    func text(_ field: Field) throws(AttestationError) -> String {
      guard case .text(let text) = try value(field) else { throw .invalidField(field) }
      return text
    }

    func number(_ field: Field) throws(AttestationError) -> UInt64 {
      guard case .unsigned(let number) = try value(field) else { throw .invalidField(field) }
      return number
    }

    func bytes(_ field: Field) throws(AttestationError) -> [UInt8] {
      guard case .bytes(let bytes) = try value(field) else { throw .invalidField(field) }
      return bytes
    }

    func optionalBytes(_ field: Field) throws(AttestationError) -> [UInt8]? {
      switch values[field] {
      case nil, .null: return nil
      case .bytes(let bytes): return bytes
      default: throw .invalidField(field)
      }
    }

    func listOfBytes(_ field: Field) throws(AttestationError) -> [[UInt8]] {
      guard case .array(let items) = try value(field) else { throw .invalidField(field) }
      var list: [[UInt8]] = []
      for item in items {
        guard case .bytes(let bytes) = item else { throw .invalidField(field) }
        list.append(bytes)
      }
      return list
    }

    /// Registers by index; a field that is there has at least one.
    func registers(_ field: Field) throws(AttestationError) -> [Int: [UInt8]] {
      guard case .map(let map) = try value(field), !map.entries.isEmpty else { throw .invalidField(field) }
      var registers: [Int: [UInt8]] = [:]
      for entry in map.entries {
        guard case .unsigned(let number) = entry.key, let index = Int(exactly: number),
          case .bytes(let value) = entry.value
        else { throw .invalidField(field) }
        registers[index] = value
      }
      return registers
    }

    private func value(_ field: Field) throws(AttestationError) -> CBORValue {
      guard let value = values[field] else { throw .missingField(field) }
      return value
    }
  }
}
