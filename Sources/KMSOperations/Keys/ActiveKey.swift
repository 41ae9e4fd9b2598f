// A key ready for use: its record, and its material in clear.

public import KMSAccess
import KMSCrypto
public import KMSDomain
import struct FoundationEssentials.Date

/// A snapshot of a key with its material opened.
///
/// Snapshots are shared between requests and replaced, never changed, when the key changes.
public final class ActiveKey: Sendable {
  /// The key as the store has it; unavailable if its custom key store is not connected.
  public var record: Key { guarded.record }
  /// The key with its policy ready to be evaluated.
  public let guarded: GuardedKey
  /// The key's ARN, which answers carry whatever form named the key.
  public var arn: String { guarded.arn }
  /// The custom key store that the key is in.
  let customKeyStore: CustomKeyStore?
  private let material: Result<OpenedMaterial, Fault>
  /// When the first of the imported materials expires.
  private let validTo: Date?

  init(record: Key, customKeyStore: CustomKeyStore?, material: Result<OpenedMaterial, Fault>) {
    let isAvailable = customKeyStore.map { $0.connectionState == .connected } ?? true
    guarded = GuardedKey(isAvailable ? record : record.disconnected())
    self.customKeyStore = customKeyStore
    self.material = material
    validTo = record.validTo
  }

  // MARK: Rules

  /// Refuses the key when its state, or the end of imported material, forbids cryptographic operations.
  func requireUsable(now: Date) throws(Fault) {
    try StateRule.cryptographic.check(record)
    // Expired material is removed in the background; until then it must not be used either.
    if let validTo, validTo <= now { throw .pendingImport(arn) }
  }

  /// Refuses a key that is not for `usage`, or does not offer `algorithm`, which is a KMS name.
  func require(_ usage: KeyUsage, algorithm: String, for operation: String) throws(Fault) {
    guard record.usage == usage else { throw .keyUsage(arn, record.usage, operation: operation) }
    guard record.spec.algorithms(for: usage).contains(algorithm) else { throw .algorithm(algorithm, spec: record.spec) }
  }

  // MARK: Material

  /// The symmetric material that encrypts now.
  ///
  /// - Throws: an internal failure for a key without one, which its state should have kept from coming here.
  func currentMaterial() throws(Fault) -> SymmetricMaterials.Current {
    guard case .symmetric(let materials) = try material.get(), let current = materials.current else {
      throw missingMaterial
    }
    return current
  }

  /// The symmetric material `id`, or nil when it is none of this key's.
  func material(_ id: MaterialID) throws(Fault) -> SymmetricKeyMaterial? {
    guard case .symmetric(let materials) = try material.get() else { return nil }
    return materials[id]
  }

  /// The private key of an asymmetric key.
  func privateKey() throws(Fault) -> AsymmetricKeyMaterial {
    guard case .asymmetric(let material) = try material.get() else { throw missingMaterial }
    return material
  }

  /// The secret of an HMAC key.
  func hmacKey() throws(Fault) -> HMACKeyMaterial {
    guard case .hmac(let material) = try material.get() else { throw missingMaterial }
    return material
  }

  private var missingMaterial: Fault { .internalFailure(MissingMaterial(keyARN: arn)) }
}

/// A key whose state says that it has material, and which has none.
struct MissingMaterial: Error, CustomStringConvertible {
  let keyARN: String
  var description: String { "\(keyARN) has no key material for this" }
}
