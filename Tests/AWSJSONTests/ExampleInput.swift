// Structures such as the generator makes, written by hand: every kind of member, and every kind of check.

import AWSJSON
import Foundation
import SecureMemory

enum ExampleSpec: AWSJSONEnumeration {
  case rsa2048, eccNISTP256
  case unknown(String)

  static let allKnown: [ExampleSpec] = [.rsa2048, .eccNISTP256]

  var rawValue: String {
    switch self {
    case .rsa2048: "RSA_2048"
    case .eccNISTP256: "ECC_NIST_P256"
    case .unknown(let text): text
    }
  }

  var isKnown: Bool { if case .unknown = self { false } else { true } }

  init(rawValue: String) { self = Self.allKnown.first { $0.rawValue == rawValue } ?? .unknown(rawValue) }

  init(_ text: JSONName) {
    switch text {
    case "RSA_2048": self = .rsa2048
    case "ECC_NIST_P256": self = .eccNISTP256
    default: self = .unknown(text.string)
    }
  }
}

/// Leaves the reading of unquoted text to the protocol's own initializer.
enum PlainSpec: AWSJSONEnumeration {
  case one
  case unknown(String)

  static let allKnown: [PlainSpec] = [.one]
  var rawValue: String { if case .unknown(let text) = self { text } else { "ONE" } }
  var isKnown: Bool { self == .one }
  init(rawValue: String) { self = rawValue == "ONE" ? .one : .unknown(rawValue) }
}

struct ExampleTag: AWSJSONStructure, Equatable {
  var key: String
  var value: String?

  static func decode(_ reader: inout JSONReader, _ validation: inout Validation) throws(JSONError) -> Self? {
    var key: String?
    var value: String?
    try reader.beginObject()
    while let name = try reader.nextMember() {
      switch name {
      case "TagKey": key = try reader.readNull() ? nil : reader.readString()
      case "TagValue": value = try reader.readNull() ? nil : reader.readString()
      default: try reader.skipValue()
      }
    }
    if key == nil { validation.missing("tagKey") }
    validation.checkLength(key, min: 1, max: 8, at: "tagKey")
    validation.checkLength(value, max: 4, at: "tagValue")
    guard let key else { return nil }
    return Self(key: key, value: value)
  }

  func encode(_ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("TagKey")
    writer.string(key)
    if let value {
      writer.member("TagValue")
      writer.string(value)
    }
    writer.endObject()
  }
}

private let keyIDPattern = PatternConstraint("^[a-zA-Z0-9:/_-]+$")

struct ExampleInput: AWSJSONStructure, Equatable {
  var keyID: String
  var owner: ExampleTag
  var spec: ExampleSpec?
  var specs: [ExampleSpec]?
  var grantTokens: [String]?
  var context: [String: String]?
  var tags: [ExampleTag]?
  var owners: [String: ExampleTag]?
  var matrix: [[Int]]?
  var sparse: [String?]?
  var sparseMap: [String: Int?]?
  var plaintext: SecretBytes?
  var blob: [UInt8]?
  var secretName: String?
  var count: Int?
  var ratio: Double?
  var validTo: Date?
  var dryRun: Bool?
  var document: JSONValue?

  static func decode(_ reader: inout JSONReader, _ validation: inout Validation) throws(JSONError) -> Self? {
    var keyID: String?
    var owner: ExampleTag?
    var made = Self(keyID: "", owner: ExampleTag(key: ""))
    let mark = validation.mark
    try reader.beginObject()
    while let name = try reader.nextMember() {
      switch name {
      case "KeyId": keyID = try reader.readNull() ? nil : reader.readString()
      case "Owner": owner = try reader.readNull() ? nil : reader.readStructure(at: "owner", &validation)
      case "Spec": made.spec = try reader.readNull() ? nil : reader.readEnumeration()
      case "Specs": made.specs = try reader.readNull() ? nil : reader.readEnumerationList(at: "specs", &validation)
      case "GrantTokens":
        made.grantTokens = try reader.readNull() ? nil : reader.readStringList(at: "grantTokens", &validation)
      case "Context": made.context = try reader.readNull() ? nil : reader.readStringMap(at: "context", &validation)
      case "Tags": made.tags = try reader.readNull() ? nil : reader.readStructureList(at: "tags", &validation)
      case "Owners": made.owners = try reader.readNull() ? nil : reader.readStructureMap(at: "owners", &validation)
      case "Matrix":
        made.matrix =
          try reader.readNull()
          ? nil
          : reader.readList(at: "matrix", &validation) { (reader, validation) throws(JSONError) in
            try reader.readList(&validation) { (reader, _) throws(JSONError) in try reader.readInt() }
          }
      case "Sparse":
        made.sparse =
          try reader.readNull()
          ? nil
          : reader.readSparseList(at: "sparse", &validation) { (reader, _) throws(JSONError) in try reader.readString()
          }
      case "SparseMap":
        made.sparseMap =
          try reader.readNull()
          ? nil
          : reader.readSparseMap(at: "sparseMap", &validation) { (reader, _) throws(JSONError) in try reader.readInt() }
      case "Plaintext": made.plaintext = try reader.readNull() ? nil : reader.readSecret()
      case "Blob": made.blob = try reader.readNull() ? nil : reader.readBlob()
      case "SecretName": made.secretName = try reader.readNull() ? nil : reader.readString()
      case "Count": made.count = try reader.readNull() ? nil : reader.readInt(bits: 32)
      case "Ratio": made.ratio = try reader.readNull() ? nil : reader.readDouble()
      case "ValidTo": made.validTo = try reader.readNull() ? nil : reader.readTimestamp()
      case "DryRun": made.dryRun = try reader.readNull() ? nil : reader.readBool()
      case "Document": made.document = try reader.readNull() ? nil : reader.readDocument()
      default: try reader.skipValue()
      }
    }
    if keyID == nil { validation.missing("keyId") }
    validation.checkLength(keyID, min: 1, max: 16, at: "keyId")
    validation.checkPattern(keyID, keyIDPattern, at: "keyId")
    if owner == nil { validation.missing("owner") }
    made.check(&validation)
    validation.arrange(
      since: mark, ["keyId", "owner", "spec", "specs", "grantTokens", "context", "tags", "owners", "matrix", "count"])
    guard let keyID, let owner else { return nil }
    (made.keyID, made.owner) = (keyID, owner)
    return made
  }

  private func check(_ validation: inout Validation) {
    validation.checkEnumeration(spec, at: "spec")
    validation.checkElements(specs, at: "specs") { validation, spec in validation.checkEnumeration(spec) }
    validation.checkLength(specs, max: 2, at: "specs")
    validation.checkLength(grantTokens, max: 2, at: "grantTokens")
    validation.checkElements(grantTokens, at: "grantTokens") { validation, token in
      validation.checkLength(token, min: 1, max: 4)
    }
    validation.checkLength(context, max: 2, at: "context")
    validation.checkKeys(context, at: "context") { validation, key in validation.checkLength(key, min: 1) }
    validation.checkValues(context, at: "context") { validation, value in validation.checkLength(value, max: 3) }
    validation.checkLength(tags, max: 2, at: "tags")
    validation.checkElements(matrix, at: "matrix") { validation, row in
      validation.checkElements(row) { validation, number in validation.checkRange(number, max: 9) }
    }
    validation.checkLength(plaintext, min: 1, max: 4, at: "plaintext")
    validation.checkLength(blob, min: 1, max: 4, at: "blob")
    validation.checkLength(secretName, min: 2, at: "secretName", isSensitive: true)
    validation.checkRange(count, min: 1, max: 1024, at: "count")
    validation.checkRange(ratio, min: 0, max: 1, at: "ratio")
  }

  func encode(_ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("KeyId")
    writer.string(keyID)
    writer.member("Owner")
    writer.structure(owner)
    if let spec { writer.member("Spec"); writer.enumeration(spec) }
    if let specs { writer.member("Specs"); writer.enumerationList(specs) }
    if let grantTokens { writer.member("GrantTokens"); writer.stringList(grantTokens) }
    if let context { writer.member("Context"); writer.stringMap(context) }
    if let tags { writer.member("Tags"); writer.structureList(tags) }
    if let owners { writer.member("Owners"); writer.structureMap(owners) }
    if let matrix {
      writer.member("Matrix")
      writer.list(matrix) { writer, row in writer.list(row) { writer, number in writer.int(number) } }
    }
    if let sparse {
      writer.member("Sparse")
      writer.list(sparse) { writer, text in if let text { writer.string(text) } else { writer.null() } }
    }
    if let sparseMap {
      writer.member("SparseMap")
      writer.map(sparseMap) { writer, number in if let number { writer.int(number) } else { writer.null() } }
    }
    if let plaintext { writer.member("Plaintext"); writer.secret(plaintext) }
    if let blob { writer.member("Blob"); writer.blob(blob) }
    if let secretName { writer.member("SecretName"); writer.string(secretName) }
    if let count { writer.member("Count"); writer.int(count) }
    if let ratio { writer.member("Ratio"); writer.double(ratio) }
    if let validTo { writer.member("ValidTo"); writer.timestamp(validTo) }
    if let dryRun { writer.member("DryRun"); writer.bool(dryRun) }
    if let document { writer.member("Document"); writer.document(document) }
    writer.endObject()
  }
}

/// The output of an operation that has none.
struct ExampleNothing: AWSJSONStructure, Equatable {
  static var hasBody: Bool { false }

  static func decode(_ reader: inout JSONReader, _ validation: inout Validation) throws(JSONError) -> Self? {
    try reader.skipValue()
    return Self()
  }

  func encode(_ writer: inout JSONWriter) {
    writer.beginObject()
    writer.endObject()
  }
}
