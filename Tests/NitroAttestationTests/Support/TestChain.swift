// A chain of certificates and the documents under it.

import Crypto
import Foundation
import X509

@testable import NitroAttestation

/// A root, an intermediate and the certificate of a document's key; each can be changed before a document is made.
struct TestChain {
  /// The time of all tests; whole seconds, as certificates have them.
  static let now = Date(timeIntervalSince1970: 1_772_366_400)

  var root = TestCertificate.authority("root")
  var intermediates = [TestCertificate.authority("intermediate", maxPathLength: 0)]
  var leaf = TestCertificate.leaf("leaf")
  /// What signs the document.
  var documentKey: P384.Signing.PrivateKey

  init() {
    documentKey = P384.Signing.PrivateKey()
    leaf.key = .init(documentKey)
  }

  /// The root as a verifier pins it.
  var pinned: AttestationRoot {
    get throws { try AttestationRoot(der: rootDER) }
  }

  var rootDER: [UInt8] {
    get throws { try root.der(issuedBy: root, at: Self.now) }
  }

  /// The bundle of a document, root first, and the certificate of its key.
  func certificates(rootDER: [UInt8]) throws -> (bundle: [[UInt8]], leaf: [UInt8]) {
    var bundle = [rootDER]
    var issuer = root
    for intermediate in intermediates {
      bundle.append(try intermediate.der(issuedBy: issuer, at: Self.now))
      issuer = intermediate
    }
    return (bundle, try leaf.der(issuedBy: issuer, at: Self.now))
  }

  /// A document's fields, all of them, 2 seconds old.
  static func fields(bundle: [[UInt8]], leaf: [UInt8]) -> CBORMap {
    CBORMap([
      ("module_id", .text("i-1-enc2")),
      ("digest", .text("SHA384")),
      ("timestamp", .unsigned(1_772_366_398_000)),
      ("pcrs", .map(registers([0: 48, 1: 48, 15: 48]))),
      ("certificate", .bytes(leaf)),
      ("cabundle", .array(bundle.map { .bytes($0) })),
      ("public_key", .bytes(TestPublicKey.rsa2048)),
      ("user_data", .bytes([1, 2, 3])),
      ("nonce", .bytes([])),
    ])
  }

  /// Registers by index, of these lengths.
  static func registers(_ lengths: KeyValuePairs<UInt64, Int>) -> CBORMap {
    var map = CBORMap()
    for (index, length) in lengths {
      map[.unsigned(index)] = .bytes([UInt8](repeating: UInt8(index % 256), count: length))
    }
    return map
  }

  /// A signed document: its bytes and the root that a verifier must pin.
  func document(
    pinning pinned: AttestationRoot? = nil, edit: (inout CBORMap) -> Void = { _ in }
  ) throws -> (bytes: [UInt8], root: AttestationRoot) {
    let pinned = try pinned ?? self.pinned
    let (bundle, leaf) = try certificates(rootDER: pinned.der)
    var fields = Self.fields(bundle: bundle, leaf: leaf)
    edit(&fields)
    return (try COSESign1(signing: CBORWriter.write(.map(fields)), with: documentKey).encoded, pinned)
  }

  /// Why a verifier that trusts this chain's root refuses the document that this chain makes; nil when it does not.
  func refusal(edit: (inout CBORMap) -> Void = { _ in }) async throws -> AttestationError? {
    let (bytes, root) = try document(edit: edit)
    return await Self.refusal(of: bytes, roots: [root])
  }

  static func refusal(
    of document: [UInt8], roots: [AttestationRoot], at now: Date = TestChain.now
  ) async -> AttestationError? {
    do throws(AttestationError) {
      _ = try await AttestationVerifier(roots: roots).verify(document, at: now)
      return nil
    } catch {
      return error
    }
  }
}
