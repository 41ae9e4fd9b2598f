// What a request leaves behind for the audit trail.

import AWSJSON
public import KMSAccess
import KMSDomain

/// Notes that an operation makes of a request while it performs it, whether it succeeds or not.
public struct RequestRecord: Sendable {
  /// The request's parameters as a JSON object, without secrets, blobs and tokens; nil until it was decoded.
  public private(set) var parameters: [UInt8]?
  /// The answer as a JSON object, likewise; nil for operations that change nothing, and when there was no answer.
  public private(set) var answer: [UInt8]?
  /// The id of the material that was used.
  public private(set) var keyMaterialID: String?
  /// What is known of the attested recipient, by CloudTrail's names; empty when none was proven.
  public private(set) var recipient: [(name: String, value: String)] = []
  /// The ARN of the key that was made.
  public private(set) var madeKeyARN: String?
  /// What was asked of the authorizer, and what it decided.
  public var decided: [DecidedDemand] = []

  /// Nothing noted yet.
  public init() {}

  /// Members that say nothing of what was done, or are worth keeping from a record that many may read.
  private static let leftOut: [StaticString] = ["GrantTokens", "GrantToken", "ImportToken", "Recipient"]

  /// Notes what was asked.
  mutating func noteParameters<Operation: ServedOperation>(_ input: Operation.Input, of operation: Operation.Type) {
    parameters = Self.encoded(operation.recorded(input))
  }

  /// Notes what was asked once more, if it is known only now.
  mutating func noteParameters<Operation: ServedOperation>(
    _ input: Operation.Input, on resource: Operation.Resource, of operation: Operation.Type
  ) {
    if let input = operation.recorded(input, on: resource) { parameters = Self.encoded(input) }
  }

  /// Notes whom the answer is for, if that is proven.
  mutating func note(_ recipient: RequestRecipient) {
    if case .attested(let attestation) = recipient { self.recipient = attestation.recorded }
  }

  /// Notes which material was used, before an envelope for a recipient hides it.
  mutating func noteKeyMaterial(of output: some AWSJSONStructure) {
    keyMaterialID = (output as? any KeyMaterialOutput)?.keyMaterialID
  }

  /// Notes what was answered.
  mutating func noteAnswer<Operation: ServedOperation>(_ output: Operation.Output, of operation: Operation.Type) {
    if !operation.isReadOnly, Operation.Output.hasBody { answer = Self.encoded(output) }
    madeKeyARN = (output as? any MadeKeyOutput)?.madeKeyARN
  }

  private static func encoded(_ structure: some AWSJSONStructure) -> [UInt8] {
    var writer = JSONWriter(recordLeavingOut: leftOut)
    structure.encode(&writer)
    return writer.finish()
  }
}
