// Notices overlay entries that no longer belong to anything in the model.

/// Compares the names in an overlay with those in the model.
struct OverlayCheck {
  private let overlay: Overlay
  private var shapes: Set<String> = []
  private var members: Set<String> = []
  private var memberNames: Set<String> = []

  init(model: SmithyModel, overlay: Overlay) {
    self.overlay = overlay
    for shape in model.shapes.values {
      shapes.insert(shape.id.name)
      switch shape.kind {
      case .structure(let shapeMembers), .union(let shapeMembers):
        for member in shapeMembers {
          members.insert("\(shape.id.name)$\(member.name)")
          memberNames.insert(member.name)
        }
      default: continue
      }
    }
  }

  /// Refuses an overlay that names a shape or member which the model does not have.
  func refuseStaleEntries() throws(Refusal) {
    let documentation = overlay.documentation
    try refuse(overlay.typeNames.keys, notIn: shapes, as: "names.types")
    try refuse(documentation.operations.keys, notIn: shapes, as: "documentation.operations")
    try refuse(documentation.structures.keys, notIn: shapes, as: "documentation.structures")
    try refuse(documentation.enums.keys, notIn: shapes, as: "documentation.enums")
    try refuse(documentation.errors.keys, notIn: shapes, as: "documentation.errors")
    try refuse(documentation.members.keys, notIn: memberNames, as: "documentation.members")
    try refuse(documentation.memberOverrides.keys, notIn: members, as: "documentation.memberOverrides")
    try refuse(overlay.sensitive, notIn: members, as: "corrections.sensitive")
    try refuse(overlay.notSensitive, notIn: members, as: "corrections.notSensitive")
    try refuse(overlay.exactlyOneOf.flatMap(\.structures), notIn: shapes, as: "exactlyOneOf")
    let present = overlay.alwaysPresent.flatMap { structure, names in names.map { "\(structure)$\($0)" } }
    try refuse(present, notIn: members, as: "alwaysPresent")
  }

  private func refuse(
    _ names: some Sequence<String>, notIn known: Set<String>, as entry: String
  ) throws(Refusal) {
    for name in names.sorted() where !known.contains(name) {
      throw Refusal("overlay \(entry)", "speaks of \(name), which the model does not have")
    }
  }
}
