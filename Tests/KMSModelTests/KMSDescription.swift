// The model that the types were generated from, and values that fit its shapes.

import Foundation
import SmithyCodegen

/// The KMS model with its overlay, read from the checkout.
struct KMSDescription {
  let model: SmithyModel
  let overlay: Overlay

  init() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Model")
    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }
    model = try SmithyModel(parsing: bytes("kms.json"), named: "kms.json")
    overlay = try Overlay(parsing: bytes("overlay.json"), named: "overlay.json")
  }

  /// The operations, by name.
  var operations: [String: Shape.Operation] {
    Dictionary(
      model.shapes.values.compactMap { shape in
        if case .operation(let operation) = shape.kind { (shape.id.name, operation) } else { nil }
      }
    ) { first, _ in first }
  }

  /// The wire names of the members of `id` that are always there.
  func requiredMembers(of id: ShapeID) -> [String] {
    guard case .structure(let members)? = model.shapes[id]?.kind else { return [] }
    let present = overlay.alwaysPresent[id.name] ?? []
    return members.filter { $0.traits.isRequired || present.contains($0.name) }.map(\.name)
  }

  /// The required members that a client does not make up when a service leaves them out: all but enums and booleans.
  func indispensableMembers(of id: ShapeID) -> [String] {
    guard case .structure(let members)? = model.shapes[id]?.kind else { return [] }
    let required = Set(requiredMembers(of: id))
    return members.filter { required.contains($0.name) && !isMadeUp($0.target) }.map(\.name)
  }

  private func isMadeUp(_ id: ShapeID) -> Bool {
    switch model.shapes[id]?.kind {
    case .enumeration?, .simple(.boolean)?: true
    case nil: id.name == "Boolean" || id.name == "PrimitiveBoolean"
    default: false
    }
  }
}
