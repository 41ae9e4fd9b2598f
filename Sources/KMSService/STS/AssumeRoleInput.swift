// The parameters of AssumeRole.

import AWSJSON
import KMSAccess
import KMSDomain

/// AssumeRole's parameters, checked against the model.
struct AssumeRoleInput: Sendable {
  /// The role and the session.
  let session: RoleSessionInput
  /// What trust policies may ask about.
  let request: SessionRequest

  private static let maximumTagCount = 50

  /// Decodes a form.
  init(_ fields: FormFields) throws(STSError) {
    var validation = Validation(.enforceConstraints)
    let session = try RoleSessionInput(fields, &validation)
    let tags = try Self.tags(fields, &validation)
    let transitiveTagKeys = try Self.transitiveTagKeys(fields, &validation)
    let (externalID, sourceIdentity) = (fields["ExternalId"], fields["SourceIdentity"])
    validation.checkLength(externalID, min: 2, max: 1224, at: "externalId")
    validation.checkPattern(externalID, NamePatterns.externalID, at: "externalId")
    validation.checkLength(sourceIdentity, min: 2, max: 64, at: "sourceIdentity")
    validation.checkPattern(sourceIdentity, NamePatterns.name, at: "sourceIdentity")
    guard validation.violations.isEmpty, let session else { throw .validation(validation.message) }
    try Self.check(tags, transitiveTagKeys)
    if fields.has("ProvidedContexts") {
      throw .validation("ProvidedContexts is not supported: there are no context providers here.")
    }
    if fields["SerialNumber"] != nil || fields["TokenCode"] != nil {
      throw .accessDenied("MultiFactorAuthentication failed, there are no MFA devices here.")
    }
    self.session = session
    request = SessionRequest(
      sessionName: session.sessionName, externalID: externalID, sourceIdentity: sourceIdentity, tags: tags,
      transitiveTagKeys: transitiveTagKeys)
  }

  private static func tags(_ fields: FormFields, _ validation: inout Validation) throws(STSError) -> [Tag] {
    let numbers = try fields.memberNumbers("Tags")
    var tags: [Tag] = []
    validation.enter("tags")
    for (index, number) in numbers.enumerated() {
      let (key, value) = (fields["Tags.member.\(number).Key"], fields["Tags.member.\(number).Value"])
      validation.enter(element: index)
      if key == nil { validation.missing("key") }
      validation.checkLength(key, min: 1, max: 128, at: "key")
      validation.checkPattern(key, NamePatterns.tagKey, at: "key")
      if value == nil { validation.missing("value") }
      validation.checkLength(value, max: 256, at: "value")
      validation.checkPattern(value, NamePatterns.tagValue, at: "value")
      validation.leave()
      if let key, let value { tags.append(Tag(key: key, value: value)) }
    }
    validation.leave()
    validation.checkLength(numbers, max: maximumTagCount, at: "tags")
    return tags
  }

  private static func transitiveTagKeys(
    _ fields: FormFields, _ validation: inout Validation
  ) throws(STSError) -> [String] {
    let numbers = try fields.memberNumbers("TransitiveTagKeys")
    let keys = numbers.map { fields["TransitiveTagKeys.member.\($0)"] ?? "" }
    validation.checkLength(keys, max: maximumTagCount, at: "transitiveTagKeys")
    validation.checkElements(keys, at: "transitiveTagKeys") { validation, key in
      validation.checkLength(key, min: 1, max: 128)
      validation.checkPattern(key, NamePatterns.tagKey)
    }
    return keys
  }

  private static func check(_ tags: [Tag], _ transitiveTagKeys: [String]) throws(STSError) {
    let keys = Set(tags.map { $0.key.lowercased() })
    guard keys.count == tags.count else {
      throw .invalidParameter("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
    }
    guard !keys.contains(where: { $0.hasPrefix("aws:") }) else {
      throw .invalidParameter("Tag keys that begin with aws: are reserved.")
    }
    guard transitiveTagKeys.allSatisfy({ keys.contains($0.lowercased()) }) else {
      throw .invalidParameter("The specified transitive tag key must be included in the requested tags.")
    }
  }
}
