// AWS's partitions as data that the client's runtime reads.

/// Translates a partitions document: what partitions AWS has, and which Regions and host names belong to each.
///
/// Specification: <https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-partition-function>.
public struct PartitionsTranslator {
  private let partitions: JSONNode

  /// - Throws: ``Refusal`` when `document` has no list of partitions.
  public init(_ document: JSONNode) throws(Refusal) {
    guard case .array(let partitions) = document["partitions"], !partitions.isEmpty,
      partitions.allSatisfy({ $0["id"]?.text != nil })
    else { throw Refusal("the partitions", "are not a document with a list of partitions that have an id") }
    self.partitions = document
  }

  public func file() -> SourceFile {
    let json = Declaration.property(
      PropertyDeclaration(
        documentation: "The document as JSON.", access: .internal, isStatic: true, isConstant: true, name: "json",
        value: .rawText(partitions.compactText)))
    return SourceFile(
      path: "PartitionsData.swift", purpose: "What partitions AWS has, and what belongs to each.", imports: [],
      declarations: [
        .type(
          TypeDeclaration(
            documentation: "The partitions document.", access: .internal, kind: .enum, name: "PartitionsData",
            members: [json]))
      ])
  }
}
