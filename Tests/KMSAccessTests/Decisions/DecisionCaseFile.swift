// Reads the table of decisions.

import Foundation

/// The files with rows, `Cases/*.json`.
enum DecisionCaseFile {
  /// What is wrong with a file.
  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  /// What an object of a file may have.
  private static let rowMembers: Set = [
    "name", "why", "caller", "key", "grants", "request", "expected", "because", "message",
  ]
  private static let memberNames: [String: Set<String>] = [
    "caller": [
      "arn", "userID", "rolePath", "tags", "policies", "boundary", "sessionPolicy", "sourceIdentity",
      "federatedProvider", "issueTime",
    ],
    "key": [
      "account", "region", "id", "spec", "usage", "origin", "policy", "multiRegion", "tags", "aliases", "lastUse",
    ],
    "grants": ["id", "grantee", "retiring", "operations", "constraints", "issuingAccount"],
    "request": [
      "action", "resource", "region", "time", "sourceIP", "secure", "userAgent", "encryptionContext", "requestTags",
      "recipientAttestation", "values", "proposedGrant",
    ],
  ]

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  /// The rows of every file, in the order of the files' names.
  static func rows() throws -> [DecisionCase] {
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }
    return try files.sorted { $0.path < $1.path }.flatMap { file in
      do {
        return try rows(of: JSONDecoder().decode(JSONNode.self, from: Data(contentsOf: file)))
      } catch {
        throw Mistake(description: "\(file.lastPathComponent): \(error)")
      }
    }
  }

  private static func rows(of file: JSONNode) throws -> [DecisionCase] {
    guard case .array(let rows)? = file["rows"], case .object(let documents)? = file["documents"],
      let defaults = file["defaults"]
    else { throw Mistake(description: "rows, documents or defaults are missing") }
    return try rows.map { row in
      let complete = try complete(row, defaults, documents)
      try check(complete)
      return try complete.decode(DecisionCase.self)
    }
  }

  /// A row with what goes without saying, and with documents in the place of their names.
  private static func complete(
    _ row: JSONNode, _ defaults: JSONNode, _ documents: [String: JSONNode]
  ) throws -> JSONNode {
    var row = row
    for part in ["key", "request"] { row = row.changing(part) { (defaults[part] ?? .object([:])).merged(with: $0) } }
    row = row.changing("grants") { grants in
      guard case .array(let grants) = grants else { return grants }
      return .array(grants.map { (defaults["grant"] ?? .object([:])).merged(with: $0) })
    }
    let resolve = { (node: JSONNode) in try resolved(node, documents) }
    for part in ["policies", "boundary", "sessionPolicy"] {
      row = try row.changing("caller") { try $0.changing(part, resolve) }
    }
    return try row.changing("key") { try $0.changing("policy", resolve) }
  }

  /// `"$name"`, alone or in a list, is a document or a statement of the file.
  private static func resolved(_ node: JSONNode, _ documents: [String: JSONNode]) throws -> JSONNode {
    switch node {
    case .string(let reference):
      guard reference.hasPrefix("$"), let document = documents[String(reference.dropFirst())] else {
        throw Mistake(description: "there is no document \(reference)")
      }
      return document
    case .array(let nodes): return .array(try nodes.map { try resolved($0, documents) })
    default: return node
    }
  }

  /// Refuses members that nobody would read: a word misspelt makes another case.
  private static func check(_ row: JSONNode) throws {
    try check(row, rowMembers)
    for (part, names) in memberNames {
      guard let node = row[part] else { continue }
      if case .array(let elements) = node {
        for element in elements { try check(element, names) }
      } else {
        try check(node, names)
      }
    }
  }

  private static func check(_ node: JSONNode, _ names: Set<String>) throws {
    guard case .object(let members) = node else { throw Mistake(description: "an object is missing") }
    for name in members.keys where !names.contains(name) { throw Mistake(description: "unknown member \(name)") }
  }
}
