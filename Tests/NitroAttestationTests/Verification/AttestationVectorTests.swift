import Foundation
import NitroAttestation
import Testing

/// Documents made by another implementation: `Tests/Clients/attestation_vectors.py`, with Python's `cryptography`.
@Suite struct AttestationVectorTests {
  struct File: Decodable {
    let now: Int
    let roots: [Data]
    let moduleID: String
    let recipientKey: Data
    let documents: [Document]
  }

  struct Document: Decodable, Sendable, CustomTestStringConvertible {
    let title: String
    let document: Data
    /// The sentence that refuses it; nil for a document to believe.
    let refusal: String?

    var testDescription: String { title }
  }

  static let file = Result { try JSONDecoder().decode(File.self, from: Data(try Vectors.bytes("documents.json"))) }

  @Test("agrees with another implementation about every document")
  func documents() async throws {
    let file = try Self.file.get()
    let verifier = AttestationVerifier(roots: try file.roots.map { try AttestationRoot(der: [UInt8]($0)) })
    let now = Date(timeIntervalSince1970: Double(file.now) / 1000)
    #expect(file.documents.count > 20)
    for document in file.documents {
      do throws(AttestationError) {
        let attestation = try await verifier.verify([UInt8](document.document), at: now)
        #expect(document.refusal == nil, "\(document.title)")
        #expect(attestation.document.moduleID == file.moduleID)
        #expect(attestation.document.caBundle.count == 4)
      } catch {
        #expect(error.description == document.refusal, "\(document.title)")
      }
    }
  }

  @Test("reads a document's fields as another implementation wrote them")
  func fields() async throws {
    let file = try Self.file.get()
    let verifier = AttestationVerifier(roots: try file.roots.map { try AttestationRoot(der: [UInt8]($0)) })
    let bytes = [UInt8](try #require(file.documents.first).document)
    let attestation = try await verifier.verify(bytes, at: Date(timeIntervalSince1970: Double(file.now) / 1000))
    let document = attestation.document
    #expect(document.timestamp == UInt64(file.now - 2000))
    #expect(document.pcrs.count == 16)
    #expect(document.pcrs[3] == [UInt8](repeating: 3, count: 48))
    #expect(document.userData == Array("user data".utf8))
    #expect(document.nonce == Array("nonce".utf8))
    #expect(attestation.recipientKey.subjectPublicKeyInfo == [UInt8](file.recipientKey))
    #expect(attestation.root.der == file.roots.first.map { [UInt8]($0) })
  }
}
